// The bot in a real homeserver's rooms, with matrix-js-sdk as the people's client. Every scenario is a line of
// the output; the last line counts them. Environment: SYNAPSE (command that runs its Python), BOT (matrix_host),
// PROGRAM (raadbot) and DEMO (its configuration),
// WORK (folder), MATRIX_SCHEMAS (folder of the specification's schemas; optional).
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import { judge } from './schemas.mjs';
import { Product, story } from './product.mjs';

// The SDK wants it; Node.js 20 has it not yet.
Promise.withResolvers ??= function () {
    const out = {};
    out.promise = new Promise((resolve, reject) => Object.assign(out, { resolve, reject }));
    return out;
};
const { createClient } = await import('matrix-js-sdk');
const { logger } = await import('matrix-js-sdk/lib/logger.js');
for (const level of ['trace', 'debug', 'info', 'log', 'warn', 'error']) logger[level] = () => {};
for (const level of ['debug', 'info', 'warn', 'error', 'trace']) console[level] = () => {};

const { SYNAPSE, BOT, WORK, MATRIX_SCHEMAS, PROGRAM, DEMO } = process.env;
const server = 'egelund.example';
let botId = `@raadbot:${server}`; // Of whom the tools below speak.
const tokens = { as: crypto.randomBytes(24).toString('hex'), hs: crypto.randomBytes(24).toString('hex') };
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let passed = Number(process.env.PASSED ?? 0); // Of what ran before, for the one line at the end.
let failed = Number(process.env.FAILED ?? 0);
async function scenario(name, body) {
    const begun = Date.now();
    try {
        await body();
        passed += 1;
        console.log(`ok      ${name} (${Date.now() - begun} ms)`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED  ${name}: ${error?.message ?? error}`);
    }
}
function need(holds, what) {
    if (!holds) throw new Error(what);
}
async function until(what, probe, seconds = 120) { // Generous: a busy machine is no failure.
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
        const found = await probe();
        if (found) return found;
    }
    throw new Error(`not within ${seconds} s: ${what}`);
}
function freePort() {
    return new Promise((resolve) => {
        const probe = net.createServer().listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

// The homeserver and the bot ---------------------------------------------------------------------

const ports = { synapse: await freePort(), bot: await freePort(), product: await freePort() };
const base = `http://127.0.0.1:${ports.synapse}`;
const botOptions = ['--homeserver', base, '--server', server, '--port', String(ports.bot), '--url', `http://127.0.0.1:${ports.bot}`,
    '--as', tokens.as, '--hs', tokens.hs, '--data', `${WORK}/bot`];
const running = {};
let product;

function synapseCommand(...rest) {
    const [program, ...first] = SYNAPSE.split(' ');
    return [program, [...first, '-m', 'synapse.app.homeserver', '-c', `${WORK}/homeserver.yaml`, ...rest]];
}
async function startSynapse() {
    const [program, options] = synapseCommand();
    const log = fs.openSync(`${WORK}/synapse.log`, 'a');
    running.synapse = spawn(program, options, { cwd: WORK, stdio: ['ignore', log, log] });
    await until('the homeserver answers', () => fetch(`${base}/health`).then((r) => r.ok, () => false));
}
async function startBot() {
    const log = fs.openSync(`${WORK}/bot.log`, 'a');
    running.bot = spawn(BOT, [...botOptions, ...(running.more ?? [])], { stdio: ['ignore', log, log] });
    await until('the bot listens', () => fetch(`http://127.0.0.1:${ports.bot}/`).then(() => true, () => false));
}
async function stop(name, signal = 'SIGTERM') {
    const child = running[name];
    if (!child) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await ended;
    }
    running[name] = undefined;
}
const notes = () => (fs.existsSync(`${WORK}/bot/notes.txt`) ? fs.readFileSync(`${WORK}/bot/notes.txt`, 'utf8').split('\n') : []);

function writeConfiguration() {
    fs.mkdirSync(`${WORK}/bot`, { recursive: true });
    const made = spawnSync(BOT, [...botOptions, '--registration', `${WORK}/registration.yaml`]);
    if (made.status !== 0) throw new Error(`registration: ${made.stderr}`);
    product = new Product(PROGRAM, DEMO, WORK, { homeserver: base, server, port: ports.product, people: [`@bo:${server}`] });
    const high = '{per_second: 1000, burst_count: 1000}';
    fs.writeFileSync(`${WORK}/log.yaml`, 'version: 1\nhandlers: {console: {class: logging.StreamHandler}}\nroot: {level: WARNING, handlers: [console]}\n');
    fs.writeFileSync(`${WORK}/homeserver.yaml`, `
server_name: ${server}
pid_file: ${WORK}/synapse.pid
public_baseurl: ${base}/
listeners: [{port: ${ports.synapse}, type: http, tls: false, bind_addresses: ['127.0.0.1'], resources: [{names: [client, federation], compress: false}]}]
database: {name: sqlite3, args: {database: ${WORK}/homeserver.db}}
log_config: ${WORK}/log.yaml
media_store_path: ${WORK}/media
signing_key_path: ${WORK}/signing.key
registration_shared_secret: ${crypto.randomBytes(16).toString('hex')}
macaroon_secret_key: ${crypto.randomBytes(16).toString('hex')}
form_secret: ${crypto.randomBytes(16).toString('hex')}
report_stats: false
trusted_key_servers: []
suppress_key_server_warning: true
app_service_config_files: [${WORK}/registration.yaml, ${product.registration}]
rc_message: ${high}
rc_registration: ${high}
rc_joins: {local: ${high}, remote: ${high}}
rc_invites: {per_room: ${high}, per_user: ${high}, per_issuer: ${high}}
rc_login: {address: ${high}, account: ${high}, failed_attempts: ${high}}
`);
    const [program, options] = synapseCommand('--generate-keys');
    const keys = spawnSync(program, options, { cwd: WORK });
    if (keys.status !== 0) throw new Error(`keys: ${keys.stderr}`);
}

async function createUser(name, password) {
    const secret = /registration_shared_secret: (\S+)/.exec(fs.readFileSync(`${WORK}/homeserver.yaml`, 'utf8'))[1];
    const address = `${base}/_synapse/admin/v1/register`;
    const { nonce } = await (await fetch(address)).json();
    const mac = crypto.createHmac('sha1', secret).update(`${nonce}\0${name}\0${password}\0notadmin`).digest('hex');
    const made = await fetch(address, { method: 'POST', body: JSON.stringify({ nonce, username: name, password, admin: false, mac }) });
    if (!made.ok) throw new Error(await made.text());
}

async function login(name) {
    const client = createClient({ baseUrl: base });
    const session = await client.loginRequest({ type: 'm.login.password', identifier: { type: 'm.id.user', user: name }, password: `kode-${name}` });
    const person = createClient({ baseUrl: base, accessToken: session.access_token, userId: session.user_id, deviceId: session.device_id });
    await person.startClient({ initialSyncLimit: 50, threadSupport: true });
    return person;
}

// What stands in a room --------------------------------------------------------------------------

const seen = new Map(); // All events of the bot, for the schemas at the end.

/** The bot's messages, oldest first, read from the homeserver itself. */
async function fromBot(person, roomId) {
    const answer = await fetch(`${base}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/messages?dir=b&limit=100`,
        { headers: { Authorization: `Bearer ${person.getAccessToken()}` } });
    const { chunk = [] } = await answer.json();
    const out = chunk.reverse().filter((e) => e.sender === botId && e.type === 'm.room.message' && e.content.body !== undefined);
    for (const event of out) seen.set(event.event_id, event);
    return out;
}
const isEdit = (event) => event.content['m.relates_to']?.rel_type === 'm.replace';
async function answersTo(person, roomId, question) {
    return (await fromBot(person, roomId)).filter((e) => e.content['m.relates_to']?.['m.in_reply_to']?.event_id === question);
}
const answerTo = (person, roomId, question, seconds) =>
    until(`an answer to ${question}`, async () => (await answersTo(person, roomId, question))[0], seconds);

async function say(person, roomId, text, more = {}) {
    return (await person.sendMessage(roomId, { msgtype: 'm.text', body: text, ...more })).event_id;
}
const naming = (text) => ({
    body: `Raadbot: ${text}`, format: 'org.matrix.custom.html',
    formatted_body: `<a href="https://matrix.to/#/${botId}">Raadbot</a>: ${text}`, 'm.mentions': { user_ids: [botId] },
});
const ask = (person, roomId, text, more = {}) => say(person, roomId, text, { ...naming(text), ...more });
async function room(owner, people, more = {}) {
    const { room_id: id } = await owner.createRoom({ preset: 'private_chat', invite: people.map((p) => p.getUserId()), ...more });
    for (const person of people) await person.joinRoom(id);
    return id;
}
async function members(person, roomId) {
    const answer = await fetch(`${base}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/joined_members`,
        { headers: { Authorization: `Bearer ${person.getAccessToken()}` } });
    return Object.keys((await answer.json()).joined ?? {});
}
async function withBot(owner, people, more) {
    const id = await room(owner, people, more);
    await owner.invite(id, botId);
    await until('the bot joined', async () => (await members(owner, id)).includes(botId));
    await until('the introduction', async () => (await fromBot(owner, id)).length > 0);
    return id;
}
const encryption = { type: 'm.room.encryption', state_key: '', content: { algorithm: 'm.megolm.v1.aes-sha2' } };

// Scenarios -----------------------------------------------------------------------------------------

async function conduct(lone, bo) {
    let group;
    await scenario('doctor finds registration, ping both ways, clock and version in order', async () => {
        const found = spawnSync(BOT, [...botOptions, '--doctor'], { encoding: 'utf8' });
        need(found.status === 0, found.stdout + found.stderr);
        need((found.stdout.match(/^good/gm) ?? []).length === 5, found.stdout);
    });
    await scenario('doctor says when the registration is not loaded', async () => {
        const found = spawnSync(BOT, [...botOptions, '--as', 'another-token-0123456789', '--doctor'], { encoding: 'utf8' });
        need(found.status === 1 && /WRONG registration loaded/.test(found.stdout), found.stdout);
    });
    await scenario('an invited bot joins and introduces itself once', async () => {
        group = await withBot(lone, [bo], { name: 'Teknik- og Miljøudvalget' });
        const [first] = await fromBot(lone, group);
        need(first.content.msgtype === 'm.notice', 'no notice');
        need(/kunstig intelligens/.test(first.content.body) && /Egelund Kommune/.test(first.content.body), first.content.body);
        await bo.setDisplayName('Bo'); // Another event of the room's members; no reason to speak.
        await answerTo(lone, group, await ask(lone, group, 'hvem er du?'));
        need((await fromBot(lone, group)).length === 2, 'introduced more than once');
    });
    await scenario('people among themselves are left alone', async () => {
        await say(lone, group, 'hvad synes du?', { 'm.mentions': {} });
        await say(bo, group, 'Raadbot er nede i dag', { 'm.mentions': {} });
        const asked = await ask(lone, group, 'er du der?');
        await answerTo(lone, group, asked);
        need((await fromBot(lone, group)).length === 3, 'it answered what was not asked');
    });
    await scenario('a mention is answered as a notice in reply, with sources and no alerts', async () => {
        const question = await ask(lone, group, 'hvad koster hallen?');
        const { content } = await answerTo(lone, group, question);
        need(content.msgtype === 'm.notice', content.msgtype);
        need(content.body.startsWith('Svar på: hvad koster hallen? [1]'), content.body);
        need(content.body.includes('https://egelund.example/side#afsnit'), 'no source in the plain body');
        need(/<details><summary>\[1\] En side/.test(content.formatted_body), content.formatted_body);
        need(JSON.stringify(content['m.mentions']) === '{}', 'it alerts somebody');
        need(!content['m.relates_to'].rel_type, 'not a plain reply');
        need(notes().some((line) => line.startsWith('asked hvad koster hallen? | public')), 'wrong question');
    });
    await scenario('an old client without m.mentions is understood', async () => {
        const question = await say(bo, group, `${botId} hvem er formand?`);
        await answerTo(bo, group, question);
    });
    await scenario('what was read is marked as read', async () => {
        const question = await ask(bo, group, 'læser du med?');
        await answerTo(bo, group, question);
        await until('a read receipt of the bot', () => bo.getRoom(group)?.getUsersReadUpTo(
            bo.getRoom(group).findEventById(question) ?? { getId: () => question })?.includes(botId) ||
            bo.getRoom(group)?.getEventReadUpTo(botId) !== null);
    });
    await scenario('a question in a thread is answered in the thread', async () => {
        const root = await say(lone, group, 'Om budgettet', { 'm.mentions': {} });
        const question = await ask(lone, group, 'hvornår vedtages budgettet?', {
            'm.relates_to': { rel_type: 'm.thread', event_id: root, is_falling_back: true, 'm.in_reply_to': { event_id: root } } });
        const relates = (await answerTo(lone, group, question)).content['m.relates_to'];
        need(relates.rel_type === 'm.thread' && relates.event_id === root && relates.is_falling_back === true, JSON.stringify(relates));
    });
    await scenario('in a thread under its own answer it needs no name', async () => {
        const question = await ask(lone, group, 'hvor ligger hallen?');
        const answer = await answerTo(lone, group, question);
        const more = await say(bo, group, 'og hvor stor er den?', {
            'm.mentions': {}, 'm.relates_to': { rel_type: 'm.thread', event_id: answer.event_id, is_falling_back: true, 'm.in_reply_to': { event_id: answer.event_id } } });
        const relates = (await answerTo(bo, group, more)).content['m.relates_to'];
        need(relates.event_id === answer.event_id, JSON.stringify(relates));
    });
    await scenario('an edited question edits the answer', async () => {
        const question = await ask(lone, group, 'hvad koster halen?');
        const answer = await answerTo(lone, group, question);
        await lone.sendMessage(group, { msgtype: 'm.text', body: '* Raadbot: hvad koster broen?', 'm.mentions': {},
            'm.new_content': { msgtype: 'm.text', ...naming('hvad koster broen?') },
            'm.relates_to': { rel_type: 'm.replace', event_id: question } });
        const edit = await until('an edit of the answer', async () => (await fromBot(lone, group)).find(
            (e) => isEdit(e) && e.content['m.relates_to'].event_id === answer.event_id));
        need(edit.content['m.new_content'].body.startsWith('Svar på: hvad koster broen? [1]'), edit.content.body);
        need((await answersTo(lone, group, question)).length === 1, 'answered a second time');
    });
    await scenario('another person\'s edit changes nothing', async () => {
        const question = await ask(lone, group, 'hvad er et forlig?');
        const answer = await answerTo(lone, group, question);
        await bo.sendMessage(group, { msgtype: 'm.text', body: '* Raadbot: noget andet', 'm.mentions': { user_ids: [] },
            'm.new_content': { msgtype: 'm.text', ...naming('noget andet') },
            'm.relates_to': { rel_type: 'm.replace', event_id: question } });
        await answerTo(lone, group, await ask(lone, group, 'kom du videre?'));
        need(!(await fromBot(lone, group)).some((e) => isEdit(e) && e.content['m.relates_to'].event_id === answer.event_id), 'edited');
    });
    await scenario('a redacted question takes its answer along', async () => {
        const question = await ask(lone, group, 'mit nummer er hemmeligt');
        const answer = await answerTo(lone, group, question);
        await lone.redactEvent(group, question);
        await until('the answer is gone', async () => !(await fromBot(lone, group)).some((e) => e.event_id === answer.event_id));
    });
    await scenario('a thumb is kept as feedback', async () => {
        const question = await ask(lone, group, 'var det godt?');
        const answer = await answerTo(lone, group, question);
        await bo.sendEvent(group, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: answer.event_id, key: '👎️' } });
        await until('the rating', () => notes().includes('rated id-var det godt? down'));
    });
    await scenario('a thumb that is taken back takes the rating back', async () => {
        const question = await ask(lone, group, 'var det bedre?');
        const answer = await answerTo(lone, group, question);
        const thumb = await bo.sendEvent(group, 'm.reaction', { 'm.relates_to': { rel_type: 'm.annotation', event_id: answer.event_id, key: '👍' } });
        await until('the rating', () => notes().includes('rated id-var det bedre? up'));
        await bo.redactEvent(group, thumb.event_id);
        await until('the withdrawal', () => notes().includes('took back id-var det bedre? up'));
    });
    await scenario('a redacted edit brings back what the question said before', async () => {
        const question = await ask(lone, group, 'hvad koster broen?');
        const answer = await answerTo(lone, group, question);
        const now = async (text) => until(`the answer to ${text}`, async () => {
            const edits = (await fromBot(lone, group)).filter((e) => isEdit(e) && e.content['m.relates_to'].event_id === answer.event_id);
            return edits.at(-1)?.content['m.new_content'].body.startsWith(`Svar på: ${text} [1]`);
        });
        const edits = [];
        for (const text of ['hvad koster havnen?', 'hvad koster tunnelen?']) {
            edits.push(await lone.sendMessage(group, { msgtype: 'm.text', body: `* Raadbot: ${text}`, 'm.mentions': {},
                'm.new_content': { msgtype: 'm.text', ...naming(text) },
                'm.relates_to': { rel_type: 'm.replace', event_id: question } }));
            await now(text);
        }
        await lone.redactEvent(group, edits[1].event_id);
        await now('hvad koster havnen?');
        await lone.redactEvent(group, edits[0].event_id);
        await now('hvad koster broen?');
        need((await answersTo(lone, group, question)).length === 1, 'answered a second time');
    });
    await scenario('follow-ups know what was asked before, each person\'s their own', async () => {
        const other = await withBot(lone, [bo]);
        await answerTo(lone, other, await ask(lone, other, 'hvad er en lokalplan?'));
        await answerTo(bo, other, await ask(bo, other, 'hvad er et tilsyn?'));
        await answerTo(lone, other, await ask(lone, other, 'og hvem laver den?'));
        need(notes().includes('asked og hvem laver den? | public < hvad er en lokalplan?'), notes().at(-2));
    });
    await scenario('one person alone needs no name', async () => {
        const direct = await withBot(bo, [], { is_direct: true });
        await answerTo(bo, direct, await say(bo, direct, 'hvad er dagpenge?', { 'm.mentions': {} }));
    });
    return group;
}

/** How often the bot went out of a room that it had been in. */
async function departures(person, roomId) {
    const answer = await fetch(`${base}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/messages?dir=b&limit=100`,
        { headers: { Authorization: `Bearer ${person.getAccessToken()}` } });
    const { chunk = [] } = await answer.json();
    return chunk.filter((e) => e.type === 'm.room.member' && e.state_key === botId && e.content.membership === 'leave').length;
}

async function rooms(lone, bo) {
    await scenario('a room that is configured for the council gets council material, an open one does not', async () => {
        const council = await withBot(lone, [bo]);
        await stop('bot');
        running.more = ['--council-room', council];
        await startBot();
        await answerTo(lone, council, await ask(lone, council, 'hvad er fortroligt?'));
        need(notes().includes('asked hvad er fortroligt? | council | public'), notes().at(-2));
        await lone.sendStateEvent(council, 'm.room.join_rules', { join_rule: 'public' }, '');
        await answerTo(lone, council, await ask(lone, council, 'hvad er åbent?'));
        need(notes().includes('asked hvad er åbent? | public < hvad er fortroligt?'), notes().at(-2));
        await lone.sendStateEvent(council, 'm.room.join_rules', { join_rule: 'invite' }, '');

        const { replacement_room: fresh } = await lone.upgradeRoom(council, '12');
        need(!fresh.includes(':'), `a room of version 12 without a server in its id: ${fresh}`);
        await lone.invite(fresh, bo.getUserId());
        await bo.joinRoom(fresh);
        await lone.invite(fresh, botId);
        await until('the bot followed', async () => (await members(lone, fresh)).includes(botId));
        await answerTo(lone, fresh, await ask(lone, fresh, 'er du med?'));
        need((await fromBot(lone, fresh)).length === 1, 'introduced itself again');
        need(notes().includes('asked er du med? | council | public'), notes().at(-2));
    });
    await scenario('an upgraded public room is followed without an invitation', async () => {
        const old = await withBot(lone, [bo], { preset: 'public_chat', visibility: 'private' });
        const { replacement_room: fresh } = await lone.upgradeRoom(old, '11');
        await until('the bot followed', async () => (await members(lone, fresh)).includes(botId));
        await answerTo(lone, fresh, await ask(lone, fresh, 'fulgte du med?'));
    });
    await scenario('an encrypted room is told once, in clear, how to proceed, and left', async () => {
        const secret = await room(lone, [bo], { initial_state: [encryption] });
        for (const time of ['first', 'second']) {
            const before = await departures(lone, secret);
            await lone.invite(secret, botId);
            await until(`the bot came and left the ${time} time`, async () => (await departures(lone, secret)) > before);
            const said = await fromBot(lone, secret);
            need(said.length === 1, `said ${said.length} times after the ${time} invitation`);
            need(said[0].content.msgtype === 'm.notice', said[0].content.msgtype);
            need(/krypterede/.test(said[0].content.body) && /nyt rum/.test(said[0].content.body), said[0].content.body);
        }
    });
    await scenario('a room that becomes encrypted is told once, then left', async () => {
        const group = await withBot(lone, [bo]);
        await lone.sendStateEvent(group, encryption.type, encryption.content, '');
        await until('the bot left', async () => !(await members(lone, group)).includes(botId));
        const said = await fromBot(lone, group);
        need(said.length === 2 && /krypterede/.test(said[1].content.body), JSON.stringify(said.map((e) => e.content.body)));
    });
    await scenario('a room without people is left', async () => {
        const group = await withBot(lone, [bo]);
        await bo.leave(group);
        await lone.leave(group);
        const answer = async () => {
            const state = await fetch(`${base}/_matrix/client/v3/joined_rooms`, { headers: { Authorization: `Bearer ${tokens.as}` } });
            return !(await state.json()).joined_rooms.includes(group);
        };
        await until('the bot left', answer);
    });
}

async function interruptions(lone, bo, group) {
    await scenario('questions that wait for a bot that is down are answered once when it is back', async () => {
        await stop('bot');
        const waiting = [];
        for (let n = 0; n < 5; n += 1) waiting.push(await ask(lone, group, `ventende ${n}`));
        await startBot();
        for (const question of waiting) await answerTo(lone, group, question);
        await sleep(1000);
        for (const question of waiting) need((await answersTo(lone, group, question)).length === 1, 'answered more than once');
    });
    await scenario('kill -9 in the middle of questions: each is answered once', async () => {
        const asked = [];
        for (let n = 0; n < 6; n += 1) {
            asked.push(await ask(lone, group, `afbrudt ${n}`));
            if (n % 2 === 0) {
                await sleep(n * 15);
                await stop('bot', 'SIGKILL');
                await startBot();
            }
        }
        for (const question of asked) await answerTo(lone, group, question);
        await sleep(1000);
        for (const question of asked) need((await answersTo(lone, group, question)).length === 1, 'answered more than once');
    });
    await scenario('a homeserver that restarts is taken up again', async () => {
        const before = new Map();
        for (let n = 0; n < 4; n += 1) before.set(`før genstart ${n}`, await ask(lone, group, `før genstart ${n}`));
        const reached = () => [...before.keys()].filter((text) => notes().some((line) => line.startsWith(`asked ${text} |`)));
        await until('a question reached the bot', () => reached().length > 0);
        await stop('synapse', 'SIGKILL');
        await sleep(500);
        await startSynapse();
        const after = await ask(bo, group, 'efter genstart');
        await answerTo(bo, group, after);
        // What Synapse was about to hand over when it died it may keep to itself; what reached the bot is answered.
        for (const text of reached()) {
            await answerTo(lone, group, before.get(text));
            need((await answersTo(lone, group, before.get(text))).length === 1, 'answered more than once');
        }
    });
}

async function againstSchemas() {
    if (!MATRIX_SCHEMAS) {
        console.log('skipped the events against the schemas: MATRIX_SCHEMAS is not set');
        return;
    }
    await scenario(`all ${seen.size} events of the bot are valid against the specification's schemas`, async () => {
        const rules = await judge(MATRIX_SCHEMAS);
        need(seen.size > 20, 'hardly any events');
        for (const event of seen.values()) {
            const wrong = rules.message(event);
            need(!wrong, `${JSON.stringify(event.content).slice(0, 200)}: ${wrong}`);
        }
    });
}

async function main() {
    writeConfiguration();
    await startSynapse();
    await startBot();
    for (const name of ['lone', 'bo']) await createUser(name, `kode-${name}`);
    const lone = await login('lone');
    const bo = await login('bo');
    const group = await conduct(lone, bo);
    await rooms(lone, bo);
    await interruptions(lone, bo, group);
    await stop('bot');
    botId = `@${Product.botName}:${server}`;
    await product.start();
    await story(product, lone, bo, { scenario, need, until, withBot, ask, say, answerTo, answersTo, fromBot, isEdit, naming });
    await againstSchemas();
    await scenario('nothing was given up or set aside', async () => {
        const log = fs.readFileSync(`${WORK}/bot.log`, 'utf8');
        for (const line of log.matchAll(/poison (\d+) failed (\d+)/g)) need(line[1] === '0', `set aside: ${line[0]}`);
        need(!/kode-|hvad koster|mit nummer|@lone|@bo/.test(log), 'the log names people or what they said');
    });
    lone.stopClient();
    bo.stopClient();
}

try {
    await main();
} catch (error) {
    failed += 1;
    console.log(`FAILED  ${error?.stack ?? error}`);
}
await stop('bot', 'SIGKILL');
await product?.stop('SIGKILL');
await stop('synapse', 'SIGKILL');
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
