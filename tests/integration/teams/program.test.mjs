// `raadbot serve` as a town hall runs it, over the demo municipality: a question comes as Teams sends it, its answer
// goes where Teams takes it. Started by program.sh.
import test from "node:test";
import assert from "node:assert/strict";
import { spawn, execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve, join } from "node:path";
import { Fake, app, tenant } from "./fake.mjs";
import { Peer, message } from "./peer.mjs";
import { Desk } from "../../support/desk.mjs";

const program = resolve(process.env.RAADBOT), folder = process.env.TEAMS_FOLDER;
const base = resolve(process.env.RAADBOT_CONFIG);
const councillor = "0a0a0a0a-0000-0000-0000-000000000001";

/// The demo's configuration with Teams in it, its paths made absolute, its data in this test's folder.
function configure() {
    const data = join(folder, "data");
    mkdirSync(data);
    writeFileSync(join(folder, "secret"), "hemmelig\n", { mode: 0o600 });
    const demo = readFileSync(base, "utf8")
        .replace(/^data_dir = .*/m, `data_dir = "${data}"`)
        .replace(/^public_url = .*/m, 'public_url = "https://raadbot.egelund.example"')
        .replace(/^path = "(?!\/)([^"]*)"/gm, (_, path) => `path = "${resolve(dirname(base), path)}"`)
        .replace(/^port = .*/m, "port = 0");
    const config = join(folder, "config.toml");
    writeFileSync(config, `${demo}
[teams]
port = 0
app_id = "${app}"
app_secret_file = "secret"
tenants = ["${tenant}"]
[[teams.audience]]
person = "${councillor}"
may_see = ["council"]
[admin]
port = 0
[[admin.chat]]
login = "lone"
roles = ["curator", "operator"]
teams = "${councillor}"
`);
    return config;
}

async function serve(config) {
    const process_ = spawn(program, ["serve", "--config", config], { stdio: ["ignore", "pipe", "pipe"] });
    let out = "", errors = "";
    process_.stderr.on("data", (data) => { errors += data; });
    const [port, admin] = await new Promise((found, failed) => {
        process_.stdout.on("data", (data) => {
            out += data;
            const teams = /^teams on http:\/\/127\.0\.0\.1:(\d+)\/api\/messages/m.exec(out);
            const desk = /^admin on (http:\S+?)\/?$/m.exec(out);
            if (teams && desk) found([Number(teams[1]), desk[1]]);
        });
        process_.once("exit", () => failed(new Error(`raadbot ended: ${out}${errors}`)));
    });
    return { process: process_, port, admin, errors: () => errors };
}

const until = async (what) => {
    for (const end = Date.now() + 120_000; !what(); await new Promise((next) => setTimeout(next, 20)))
        if (Date.now() > end) throw new Error(`never: ${what}`);
};

test("the real program answers in Teams with the demo's sources", async () => {
    const fake = new Fake({ tls: { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) } });
    await fake.start(443);
    const config = configure();
    execFileSync(program, ["ingest", "--config", config], { stdio: "ignore" });
    let bot = await serve(config);
    const peer = new Peer("");
    peer.port = bot.port;
    const chat = (name) => [...(fake.messages.get(name) ?? new Map()).values()];
    const post = async (activity) => {
        const response = await peer.post(activity, fake.bearer());
        assert.equal(response.status, 200, response.body + bot.errors());
        return response.body;
    };

    // The first meeting: a card, once.
    await post(message("i", "", "a:chat", { type: "installationUpdate", action: "add" }));
    await post(message("m", "", "a:chat", { type: "conversationUpdate", membersAdded: [{ id: `28:${app}` }] }));
    await until(() => chat("a:chat").length === 1);
    assert.match(JSON.stringify(chat("a:chat")[0].attachments), /Egelund Kommune/);

    // The same words, sources and page as on the command line.
    const question = "Hvad er vederlaget for et byrådsmedlem?";
    const asked = JSON.parse(execFileSync(program, ["ask", "--config", config, "--json", "--channel", "teams",
        "--audience", "council", question], { encoding: "utf8" }));
    assert.equal(asked.kind, "answered");
    await post(message("1", question));
    await until(() => chat("a:chat").some((a) => a.text));
    const answer = chat("a:chat").find((a) => a.text);
    const [root] = answer.entities.filter((e) => e.type === "https://schema.org/Message");
    assert.deepEqual(root.additionalType, ["AIGeneratedContent"]);
    assert.ok(root.citation.length >= 1);
    const urls = asked.sources.map((s) => s.url);
    for (const citation of root.citation) {
        assert.ok(urls.includes(citation.appearance.url), citation.appearance.url);
        assert.ok(answer.text.includes(`[${citation.position}]`));
    }
    for (const sentence of asked.sentences) {
        const words = sentence.text.replace(/[^a-zæøå ]/gi, " ").split(" ").filter((w) => w.length > 5);
        for (const word of words) assert.ok(answer.text.includes(word), word);
    }
    assert.ok(answer.text.includes("https://raadbot.egelund.example/"));
    assert.deepEqual(answer.channelData.feedbackLoop, { type: "default" });
    assert.equal(answer.replyToId, "1");

    // An opinion is refused, and whom to ask is said.
    await post(message("2", "Hvad mener du om skattestigninger?", "a:other"));
    await until(() => chat("a:other").some((a) => a.text));
    const refusal = chat("a:other").find((a) => a.text);
    assert.equal(refusal.entities.some((e) => "citation" in e), false);
    assert.match(refusal.text, /sekretariat@egelund\.example/);

    // Handed over, a question is answered by a person, in the very conversation, also after a restart.
    const password = execFileSync(program, ["admin", "add-user", "karen", "--config", config, "--role", "curator"],
        { encoding: "utf8" }).trim().split("\n").pop();
    const lost = "Hvor mange enhjørninger ejer kommunen?";
    const say = async (id, text, count) => {
        await post(message(id, text, "a:handed"));
        await until(() => chat("a:handed").filter((a) => a.text).length === count);
        return chat("a:handed").filter((a) => a.text).at(-1);
    };
    const unanswered = await say("h1", lost, 1);
    const offers = unanswered.suggestedActions.actions.map((a) => a.value);
    const offer = offers.find((value) => /sekretariatet/i.test(value));
    assert.ok(offer, JSON.stringify(offers));
    const terms = await say("h2", offer, 2);
    const consent = terms.suggestedActions.actions[0].value;
    const sent = await say("h3", consent, 3);
    assert.doesNotMatch(sent.text, /henvendelse\//);  // No link: the answer comes here.
    bot.process.kill("SIGKILL");
    await new Promise((done) => bot.process.once("exit", done));
    peer.agent.destroy();
    bot = await serve(config);
    peer.port = bot.port;
    const desk = await Desk.open(bot.admin, "karen", password);
    assert.ok(await desk.answer(lost, "Kommunen ejer <b>tre</b>, siger staldmesteren."));
    const from_staff = () => chat("a:handed").find((a) => /siger staldmesteren/.test(a.text));  // What the kill cut short may come twice.
    await until(from_staff);
    const human = from_staff();
    assert.match(human.text, /Hvor mange enhjørninger/);
    assert.equal((human.entities ?? []).some((e) => e.additionalType), false);  // A person wrote it: no AI label.

    // In a channel, in the thread, for everybody who reads there.
    await post(message("7", `<at>Raadbot</at> ${question}`, "", {
        entities: [{ type: "mention", text: "<at>Raadbot</at>", mentioned: { id: `28:${app}`, name: "Raadbot" } }],
        conversation: { id: "19:room@thread.tacv2", conversationType: "channel", isGroup: true, tenantId: tenant } }));
    await until(() => chat("19:room@thread.tacv2;messageid=7").some((a) => a.text));

    // Administrators give commands in private; the same person where others read along, and others, get a polite no.
    const told = async (conversation, id, text, more = {}) => {
        const count = chat(conversation).filter((a) => a.text).length;
        await post(message(id, text, conversation, more));
        await until(() => chat(conversation).filter((a) => a.text).length > count);
        return chat(conversation).filter((a) => a.text).at(-1).text;
    };
    const somebody = { from: { id: "29:other", name: "Bo", aadObjectId: "0b0b0b0b-0000-0000-0000-000000000002" } };
    const group = { conversation: { id: "19:group@unq.gbl.spaces", conversationType: "groupChat", isGroup: true, tenantId: tenant },
        entities: [{ type: "mention", text: "<at>Raadbot</at>", mentioned: { id: `28:${app}`, name: "Raadbot" } }] };
    assert.match(await told("a:staff", "k1", "/kilder"), /haandbog: i brug, \d+ dokumenter/);
    assert.match(await told("a:bo", "k2", "/kilder", somebody), /er for kommunens administratorer/);
    assert.match(await told("a:bo", "k3", "/pause alt Prøve", somebody), /er for kommunens administratorer/);
    assert.match(await told("19:group@unq.gbl.spaces", "k4", "<at>Raadbot</at> /pause alt Prøve", group),
        /er for kommunens administratorer/);
    assert.match(await told("a:bo", "k5", question, somebody), /\[1\]/);  // Nothing is paused. (The same words again soon count as sent twice.)
    assert.match(await told("a:staff", "k6", "/pause alt Forkerte takster"), /sat på pause/);
    assert.match(await told("a:bo", "k7", "Hvad er det faste vederlag?", somebody), /Forkerte takster/);
    assert.match(await told("a:staff", "k8", "/fortsæt alt"), /svarer igen/);
    assert.match(await told("a:bo", "k9", "Hvad får et byrådsmedlem i fast vederlag?", somebody), /\[1\]/);
    const trail = execFileSync(program, ["audit", "export", "--config", config], { encoding: "utf8" }).split("\n").filter(Boolean)
        .map((line) => JSON.parse(line));
    assert.deepEqual(trail.filter((line) => line.actor === "lone").map((line) => line.action), ["bot.pause", "bot.resume"]);

    // From the compose box, while Teams waits.
    const begun = Date.now();
    const found = JSON.parse(await post(message("s", undefined, "a:chat", { type: "invoke", name: "composeExtension/query",
        value: { commandId: "findSource", parameters: [{ name: "query", value: question }] } })));
    assert.ok(found.composeExtension.attachments.length >= 1);
    console.log(`# a search from the compose box took ${Date.now() - begun} ms`);

    // The thumb under the answer reaches the answer.
    const id = [...fake.messages.get("a:chat")].find(([, a]) => a.text)[0];
    assert.equal(await post(message("f", undefined, "a:chat", { type: "invoke", name: "message/submitAction", replyToId: id,
        value: { actionName: "feedback", actionValue: { reaction: "like", feedback: "{\"feedbackText\":\"\"}" } } })), "{}");

    // A deleted question takes its answer with it.
    await post(message("1", undefined, "a:chat", { type: "messageDelete", channelData: { tenant: { id: tenant }, eventType: "softDeleteMessage" } }));
    await until(() => !chat("a:chat").some((a) => a.text));

    // What is not from Teams comes to nothing.
    const forged = await peer.post(message("9", question), fake.bearer().slice(0, -4) + "AAAA");
    assert.equal(forged.status, 401);

    // And the doctor finds Teams well.
    const doctor = await new Promise((done) => {
        execFile(program, ["doctor", "--config", config], (_, out, errors) => done(out + errors));
    });
    for (const check of ["Teams settings", "Bot Connector keys", "Entra token", "clock", "public address", "app package"]) {
        assert.match(doctor, new RegExp(`^ok +Teams: ${check}`, "m"), doctor);
    }

    const ended = new Promise((done) => bot.process.once("exit", done));
    bot.process.kill("SIGTERM");
    assert.equal(await ended, 0);
    assert.deepEqual(fake.complaints, []);
    peer.agent.destroy();
    fake.stop();
});
