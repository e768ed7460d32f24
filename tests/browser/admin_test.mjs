// The administration as two people use it, in a real browser, against the real program: a source from
// proposal to take-down, and what happens to a stolen session and a forged form.
//   node admin_test.mjs RAADBOT   (tests/browser/run --admin RAADBOT)
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRequire } from "node:module";
import { launch, runAll, test } from "./browser.mjs";

const program = process.argv[2];
const shots = process.env.RAADBOT_SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// A small town: one source in use, one folder to propose.
const town = mkdtempSync(join(tmpdir(), "raadbot-admin-"));
mkdirSync(join(town, "haandbog"));
mkdirSync(join(town, "genbrug"));
writeFileSync(join(town, "haandbog/vederlag.md"), "# Vederlag\n\nDet faste vederlag er 112.203 kr. om året.\n");
writeFileSync(join(town, "genbrug/aabningstider.md"),
  "# Genbrugspladsens åbningstider\n\n## Hvornår har genbrugspladsen åbent?\n\nGenbrugspladsen har åbent alle dage kl. 8-18.\n\n" +
  "## Klager\n\nBorgeren 010190-1234 har klaget over støj fra pladsen.\n");
const config = join(town, "town.toml");
writeFileSync(config, `data_dir = "data"
municipality = "Lunby Kommune"
[contact]
name = "Sekretariatet"
mail = "sekretariat@lunby.example"
[web]
port = 0
[admin]
port = 0
[[source]]
id = "haandbog"
kind = "handbook"
path = "haandbog"
base_url = "https://lunby.example/haandbog/"
owner = "Sekretariatet"
owner_mail = "sekretariat@lunby.example"
review_date = ${new Date(Date.now() + 20 * 86400e3).toISOString().slice(0, 10)}
`);
const raadbot = (...args) => execFileSync(program, args, { encoding: "utf8" });
raadbot("ingest", "--config", config);
const oneTime = (login, ...roles) =>
  raadbot("admin", "add-user", login, "--config", config, "--name", login[0].toUpperCase() + login.slice(1),
    ...roles.flatMap((role) => ["--role", role])).trim().split("\n").pop();
const once = { karen: oneTime("karen", "curator", "approver"), gert: oneTime("gert", "approver", "operator") };

const server = spawn(program, ["serve", "--config", config], { stdio: ["ignore", "pipe", "pipe"] });
const address = (what) => new Promise((resolve, reject) => {
  const look = (text) => { const found = text.match(what); if (found) resolve(found[1].replace(/\/$/, "")); };
  let all = "";
  server.stdout.on("data", (bytes) => { all += bytes; look(all); });
  server.on("exit", () => reject(new Error(`the program ended: ${all}`)));
});
const [site, admin] = await Promise.all([address(/answers on (http:\S+)/), address(/admin on (http:\S+)/)]);
server.stderr.resume();

/** The public door's answer, as JSON. */
async function ask(question) {
  const response = await fetch(`${site}/api/ask`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ question }) });
  return response.json();
}
async function until(what, probe) {
  for (let i = 0; i < 600; i += 1) {
    const value = await probe();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}`);
}

async function picture(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `admin-${name}.png`), fullPage: true });
}
const axed = new Set();
async function whole(page, name) {
  await page.evaluate(axe); // By the debugger: the page's own policy stays in force.
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => `${name}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`), []);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, `${name} is wider than the window`);
  axed.add(name);
  await picture(page, name);
}

// Two people, two browsers.
const contexts = { karen: await launch(), gert: await launch() };
const pages = {};
for (const [name, context] of Object.entries(contexts)) {
  pages[name] = await context.newPage();
  await pages[name].setViewportSize({ width: 1280, height: 900 });
}
const press = async (page, button) => {
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: button, exact: true }).first().click()]);
};
const password = (name) => `${name} har en lang kode`.replace(name, name.split("").reverse().join(""));

test("a new account must change its one-time password", async () => {
  for (const name of ["karen", "gert"]) {
    const page = pages[name];
    await page.goto(admin);
    if (name === "karen") await whole(page, "sign-in");
    await page.getByLabel("Bruger").fill(name);
    await page.getByLabel("Adgangskode").fill(once[name]);
    await press(page, "Log ind");
    assert.match(await page.textContent("main"), /Engangskoden skal skiftes/);
    await page.goto(`${admin}/kilder`);
    assert.match(await page.textContent("main"), /Engangskoden skal skiftes/);
    await page.getByLabel("Nuværende adgangskode").fill(once[name]);
    await page.getByLabel("Ny adgangskode").fill(password(name));
    await press(page, "Skift adgangskode");
    assert.match(await page.textContent("main"), /Adgangskoden er skiftet/);
  }
  await whole(pages.karen, "overview");
  assert.match(await pages.karen.textContent("main"), /haandbog/, "its review is due within 30 days");
});

test("a source is proposed, seen in a real preview, and cannot be approved by who proposed it", async () => {
  const page = pages.karen;
  const before = await ask("Hvornår har genbrugspladsen åbent?");
  assert.equal(before.kind, "refused");
  await page.goto(`${admin}/kilder/ny`);
  await whole(page, "new-source");
  await page.getByLabel("Kilde", { exact: true }).fill("genbrug");
  await page.getByLabel("Mappe").fill(join(town, "genbrug"));
  await page.getByLabel("Adresse", { exact: true }).fill("https://lunby.example/genbrug/");
  await page.getByLabel("Ansvarlig", { exact: true }).fill("Teknik");
  await page.getByLabel("Den ansvarliges mail").fill("teknik@lunby.example");
  await page.getByLabel("Formål").fill("Åbningstider");
  await page.getByLabel("Hvorfor må den bruges").fill("Kommunens egen side");
  await page.getByLabel("Gennemgås senest").fill("2030-06-30");
  await press(page, "Send til godkendelse");
  assert.match(page.url(), /\/forslag\/\d+/);
  await until("the preview", async () => {
    await page.reload();
    return (await page.locator(".samples").count()) > 0;
  });
  const text = await page.textContent("main");
  assert.match(text, /Hvornår har genbrugspladsen åbent\?/);
  assert.match(text, /kl\. 8-18/);
  assert.doesNotMatch(text, /010190/);
  assert.equal(await page.locator("dl.figures dd").nth(2).innerText(), "1", "one CPR number removed");
  assert.match(text, /Du har selv foreslået det/);
  assert.equal(await page.getByRole("button", { name: "Godkend", exact: true }).count(), 0);
  await whole(page, "proposal-own");
  assert.equal((await ask("Hvornår har genbrugspladsen åbent?")).kind, "refused", "a proposal answers nothing");
});

test("another person approves, and the source answers", async () => {
  const page = pages.gert;
  await page.goto(`${admin}/forslag`);
  await whole(page, "proposals");
  await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: /Ny kilde/ }).click()]);
  await whole(page, "proposal");
  await press(page, "Godkend");
  assert.match(await page.textContent("main"), /Godkendt/);
  const answer = await until("the answer", async () => {
    const reply = await ask("Hvornår har genbrugspladsen åbent?");
    return reply.kind === "answered" && reply;
  });
  assert.match(answer.text, /8-18/);
});

test("what nobody could answer leads to a curated answer that wins", async () => {
  await ask("Hvornår åbner svømmehallen om søndagen?");
  const page = pages.karen;
  await page.goto(`${admin}/ubesvarede`);
  assert.match(await page.textContent("main"), /svømmehallen/);
  await whole(page, "unanswered");
  await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: "Skriv et svar" }).first().click()]);
  await page.getByLabel("Spørgsmål", { exact: true }).fill("Hvornår har genbrugspladsen åbent?");
  await page.getByLabel("Andre måder at spørge på").fill("genbrugspladsens åbningstid");
  await page.getByLabel("Svar", { exact: true }).fill("Genbrugspladsen har åbent hver dag kl. 8-18, også helligdage.");
  await page.getByLabel("Kilde, der beviser svaret").fill("https://lunby.example/genbrug/aabningstider.md");
  await whole(page, "new-answer");
  await press(page, "Send til godkendelse");
  const where = page.url().replace(/\?.*/, "");
  await pages.gert.goto(where);
  await whole(pages.gert, "proposal-answer");
  await press(pages.gert, "Godkend");
  const answer = await until("the curated answer", async () => {
    const reply = await ask("Hvornår har genbrugspladsen åbent?");
    return /helligdage/.test(reply.text) && reply;
  });
  assert.equal(answer.sources[0].kind, "curated");
  await page.goto(`${admin}/svar`);
  assert.match(await page.textContent("main"), /helligdage/);
  await whole(page, "answers");
});

test("taken down, a document is gone from answers and permalinks at once", async () => {
  const question = "Hvad er det faste vederlag?";
  const answer = await ask(question);
  assert.equal(answer.kind, "answered");
  const link = `${site}/svar/${answer.answer_id}`;
  assert.equal((await fetch(link)).status, 200);
  const page = pages.karen;
  await page.goto(`${admin}/dokumenter`);
  await whole(page, "documents");
  const row = page.getByRole("row", { name: /Vederlag/ });
  await row.locator("summary").click();
  await row.getByLabel("Begrundelse").fill("Beløbet er forældet");
  await Promise.all([page.waitForNavigation(), row.getByRole("button", { name: "Tag ned nu" }).click()]);
  const began = Date.now();
  assert.equal((await fetch(link)).status, 404);
  assert.notEqual((await ask(question)).kind, "answered");
  assert.ok(Date.now() - began < 60_000);
  assert.match(await page.textContent("main"), /Beløbet er forældet/);
});

test("the kill switch stops every answer with its reason", async () => {
  const page = pages.gert;
  await page.goto(`${admin}/stop`);
  await whole(page, "stop");
  await page.getByLabel("Begrundelse").fill("Vi retter en fejl i taksterne");
  await press(page, "Stop Raadbot nu");
  const reply = await ask("Hvornår har genbrugspladsen åbent?");
  assert.equal(reply.reason, "paused");
  assert.match(reply.text, /Vi retter en fejl i taksterne/);
  await whole(page, "stopped");
  await press(page, "Start Raadbot igen");
  assert.equal((await ask("Hvornår har genbrugspladsen åbent?")).kind, "answered");
});

test("every other page is whole, by keyboard and on a phone, in both languages", async () => {
  const page = pages.gert;
  for (const [path, name] of [["/kilder", "sources"], ["/kilder/genbrug", "source"], ["/henvendelser", "handoffs"],
    ["/feedback", "feedback"], ["/versioner", "versions"], ["/tal", "figures"], ["/log", "audit"], ["/adgangskode", "password"]]) {
    await page.goto(admin + path);
    await whole(page, name);
  }
  assert.match(await page.goto(`${admin}/log`).then(() => page.textContent("main")), /Sporet er ubrudt/);
  await page.goto(`${admin}/?lang=en`);
  assert.match(await page.textContent("main"), /Waiting for you/);
  await page.emulateMedia({ colorScheme: "dark" });
  await whole(page, "overview-dark-english");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  for (const [path, name] of [["/", "phone-overview"], ["/tal", "phone-figures"], ["/kilder", "phone-sources"]]) {
    await page.goto(`${admin}${path}`);
    await whole(page, name);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(`${admin}/?lang=da`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
});

test("a forged form is refused", async () => {
  const page = pages.gert;
  const cookie = (await contexts.gert.cookies(admin)).map((c) => `${c.name}=${c.value}`).join("; ");
  assert.ok(cookie.includes("raadbot="));
  // Another site's page in the same browser: the cookie does not travel, and there is no token.
  await page.goto(site);
  await page.evaluate((url) => {
    document.body.innerHTML = `<form method="post" action="${url}/stop"><input name="reason" value="x"></form>`;
  }, admin).catch(() => {});
  const forged = await fetch(`${admin}/stop`, { method: "POST", redirect: "manual", body: "reason=x&csrf=0",
    headers: { Cookie: "", "Content-Type": "application/x-www-form-urlencoded", Origin: "https://evil.example" } });
  assert.ok([401, 403].includes(forged.status));
  await page.goto(`${admin}/stop`);
  await page.evaluate(() => { document.querySelector("main input[name=csrf]").value = "0".repeat(64); });
  await page.getByLabel("Begrundelse").fill("falsk");
  await press(page, "Stop Raadbot nu");
  assert.match(await page.textContent("main"), /Der er ikke ændret noget/);
  assert.equal((await ask("Hvornår har genbrugspladsen åbent?")).kind, "answered");
});

test("a stolen session is refused and ended for both", async () => {
  const thief = await launch();
  try {
    // The same browser on the same machine, with every cookie of the owner.
    await thief.addCookies(await contexts.gert.cookies(admin));
    const owner = pages.gert;
    await owner.goto(`${admin}/stop`);
    await owner.getByLabel("Begrundelse").fill("Prøve");
    await press(owner, "Stop Raadbot nu");
    await press(owner, "Start Raadbot igen");
    const page = await thief.newPage();
    await page.goto(`${admin}/log`); // What the owner's secret was is no good any more.
    const text = await page.textContent("body");
    assert.match(text, /Din session er blevet brugt to steder/);
    assert.doesNotMatch(text, /bot\.pause/);
    await owner.goto(admin);
    assert.match(owner.url(), /log-ind/);
  } finally {
    await thief.close();
  }
  assert.match(raadbot("audit", "export", "--config", config), /session\.stolen/);
  assert.match(raadbot("audit", "verify", "--config", config), /unbroken/);
});

test("axe-core has seen every page", async () => assert.ok(axed.size >= 25, `${axed.size} pages`));

const code = await runAll();
for (const context of Object.values(contexts)) await context.close();
server.kill("SIGTERM");
await new Promise((resolve) => server.once("exit", resolve));
rmSync(town, { recursive: true, force: true });
process.exit(code);
