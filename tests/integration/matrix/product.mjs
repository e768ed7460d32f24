// `raadbot serve` in the rooms of the same homeserver, as a town hall runs it: the demo municipality's material, the
// registration that `raadbot manifest matrix` writes. suite.mjs calls it with its own tools.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { Desk } from '../../support/desk.mjs';

export class Product {
    static botName = 'egelundbot';

    constructor(program, demo, folder, { homeserver, server, port, people }) {
        this.program = program;
        this.port = port;
        this.config = `${folder}/product.toml`;
        this.registration = `${folder}/product-registration.yaml`;
        this.log = `${folder}/product.log`;
        fs.writeFileSync(this.config, `${fs.readFileSync(demo, 'utf8')
            .replace(/^data_dir = .*/m, `data_dir = "${folder}/product"`)
            .replace(/^public_url = .*/m, 'public_url = "https://raadbot.egelund.example"')
            .replace(/^port = .*/m, 'port = 0')}
[admin]
port = 0
[matrix]
port = ${port}
url = "http://127.0.0.1:${port}"
homeserver_url = "${homeserver}"
server_name = "${server}"
as_token_file = "${folder}/product-as"
hs_token_file = "${folder}/product-hs"
id = "product"
localpart = "${Product.botName}"
display_name = "Egelundbot"
people = [${people.map((p) => `"${p}"`).join(', ')}]
`);
        this.run('ingest');
        this.run('manifest', 'matrix', '--out', this.registration);
    }
    run(...words) {
        return execFileSync(this.program, [...words, '--config', this.config], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    }
    ask(question) {
        return JSON.parse(this.run('ask', '--channel', 'matrix', '--json', question));
    }
    doctor() {
        const found = spawnSync(this.program, ['doctor', '--config', this.config], { encoding: 'utf8' });
        return found.stdout + found.stderr;
    }
    async start() {
        this.process = spawn(this.program, ['serve', '--config', this.config], { stdio: ['ignore', 'pipe', fs.openSync(this.log, 'a')] });
        let out = '';
        this.admin = await new Promise((found, failed) => {
            this.process.stdout.on('data', (data) => {
                out += data;
                const desk = /^admin on (http:\S+?)\/?$/m.exec(out);
                if (desk && /^matrix on /m.test(out)) found(desk[1]);
            });
            this.process.once('exit', () => failed(new Error(`raadbot ended: ${out}${fs.readFileSync(this.log, 'utf8')}`)));
        });
    }
    async stop(signal = 'SIGTERM') {
        if (!this.process) return;
        const ended = new Promise((resolve) => this.process.once('exit', resolve));
        this.process.kill(signal);
        await ended;
        this.process = undefined;
    }
}

/** The story of one question and what becomes of it. */
export async function story(product, lone, bo, kit) {
    const { scenario, need, until, withBot, ask, say, answerTo, answersTo, fromBot, isEdit, naming } = kit;
    const question = 'Hvad er vederlaget for et byrådsmedlem?';
    const other = 'Hvornår skal spørgsmål til byrådet være indsendt?';
    let group;
    /** What must stand in the room: the words, the numbers and the addresses of the command line. */
    const needSame = (content, told) => {
        need(told.kind === 'answered', `the demo does not answer it: ${told.text}`);
        for (const sentence of told.sentences) need(content.body.includes(sentence.text.split('\n')[0].slice(0, 60)), `${sentence.text} is not in ${content.body}`);
        for (const source of told.sources) need(content.body.includes(source.url), `${source.url} is not in ${content.body}`);
        need(content.body.includes(told.permalink), `no page of the answer in ${content.body}`);
    };
    await scenario('serve: the doctor finds Matrix well', async () => {
        const found = product.doctor();
        const lines = found.split('\n').filter((line) => /matrix/i.test(line));
        need(lines.length >= 4 && lines.every((line) => line.startsWith('ok')), found);
    });
    await scenario('serve: invited, it says who it is and for which municipality', async () => {
        group = await withBot(lone, [bo], { name: 'Børneudvalget' });
        const [first] = await fromBot(lone, group);
        need(/Egelund Kommune/.test(first.content.body) && /kunstig intelligens/.test(first.content.body), first.content.body);
    });
    await scenario('serve: a mention gets the words and sources of the command line', async () => {
        const { content } = await answerTo(lone, group, await ask(lone, group, question));
        need(content.msgtype === 'm.notice', content.msgtype);
        needSame(content, product.ask(question));
    });
    await scenario('serve: in a thread, edited, and redacted', async () => {
        const root = await say(lone, group, 'Til næste møde', { 'm.mentions': {} });
        const asked = await ask(bo, group, question, {
            'm.relates_to': { rel_type: 'm.thread', event_id: root, is_falling_back: true, 'm.in_reply_to': { event_id: root } } });
        const answer = await answerTo(bo, group, asked);
        need(answer.content['m.relates_to'].event_id === root, JSON.stringify(answer.content['m.relates_to']));
        await bo.sendMessage(group, { msgtype: 'm.text', body: `* ${other}`, 'm.mentions': {},
            'm.new_content': { msgtype: 'm.text', ...naming(other) }, 'm.relates_to': { rel_type: 'm.replace', event_id: asked } });
        const edit = await until('an edit of the answer', async () => (await fromBot(lone, group)).find(
            (e) => isEdit(e) && e.content['m.relates_to'].event_id === answer.event_id));
        needSame(edit.content['m.new_content'], product.ask(other));
        await bo.redactEvent(group, asked);
        await until('the answer is gone', async () => !(await fromBot(lone, group)).some((e) => e.event_id === answer.event_id));
    });
    await scenario('serve: refused, handed over, and answered by a person in the room after a restart', async () => {
        const direct = await withBot(bo, [], { is_direct: true });
        const lost = 'Hvor mange enhjørninger ejer kommunen?';
        const talk = async (text) => (await answerTo(bo, direct, await say(bo, direct, text, { 'm.mentions': {} }))).content.body;
        need(!/\[1\]/.test((await talk(lost)).split('\n')[0]), 'it knows of unicorns');
        need(/Ja, send/.test(await talk('spørg sekretariatet')), 'it does not say what is kept');
        const sent = await talk('Ja, send mit spørgsmål');
        need(!/henvendelse\//.test(sent), `a link instead of an answer here: ${sent}`);
        await product.stop('SIGKILL');
        const waiting = await say(bo, direct, question, { 'm.mentions': {} });
        await product.start();
        const password = product.run('admin', 'add-user', 'karen', '--role', 'curator').trim().split('\n').pop();
        const desk = await Desk.open(product.admin, 'karen', password);
        need(await desk.answer(lost, 'Ingen <b>endnu</b>, siger staldmesteren.'), 'it is not on the desk');
        const human = await until('the human answer', async () => (await fromBot(bo, direct)).find((e) => /staldmesteren/.test(e.content.body)));
        need(human.content.body.includes(lost), human.content.body);
        need(!/<b>endnu/.test(human.content.formatted_body ?? ''), human.content.formatted_body);
        await answerTo(bo, direct, waiting);
        await product.stop('SIGKILL');
        await product.start();
        const last = await say(bo, direct, other, { 'm.mentions': {} });
        await answerTo(bo, direct, last);
        need((await answersTo(bo, direct, waiting)).length === 1, 'answered more than once');
        need((await fromBot(bo, direct)).filter((e) => /staldmesteren/.test(e.content.body)).length === 1, 'the human answer came twice');
    });
    await scenario('serve: its log names neither people nor their questions', async () => {
        await product.stop();
        need(!/vederlag|enhjørning|@lone|@bo|syt_/.test(fs.readFileSync(product.log, 'utf8')), fs.readFileSync(product.log, 'utf8').slice(-500));
    });
}
