// Holds events against the specification's schemas.
//   node schemas.mjs FOLDER BOT      judges what BOT --samples prints and the registration it writes
import Ajv from 'ajv/dist/2020.js';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

/** A function that gives what is wrong with a message of the bot, or nothing. */
export async function judge(folder) {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false,
        loadSchema: async (uri) => parse(fs.readFileSync(new URL(uri), 'utf8')) });
    const compile = (...file) => {
        const whole = path.join(folder, ...file);
        const address = `file://${encodeURI(whole).replaceAll('$', '%24')}`;
        return ajv.compileAsync({ ...parse(fs.readFileSync(whole, 'utf8')), $id: address });
    };
    const notice = await compile('event-schemas', 'schema', 'm.room.message$m.notice.yaml');
    const mentions = await compile('api', 'client-server', 'definitions', 'm.mentions.yaml');
    const relates = await compile('api', 'client-server', 'definitions', 'm.relates_to.yaml');
    const registration = await compile('api', 'application-service', 'definitions', 'registration.yaml');
    const wrong = (validate, value) => (validate(value) ? undefined : ajv.errorsText(validate.errors));
    const content = (event) => {
        const { 'm.mentions': mentioned, 'm.relates_to': relation } = event.content;
        if (JSON.stringify(event.content).length > 65000) return 'too large';
        if (mentioned === undefined) return 'no m.mentions';
        return wrong(notice, event) ?? wrong(mentions, mentioned) ?? (relation?.rel_type && wrong(relates, relation));
    };
    return {
        message(event) {
            const changed = event.content['m.new_content'];
            return content(event) ?? (changed && content({ ...event, content: changed }));
        },
        registration: (value) => wrong(registration, value),
    };
}

if (import.meta.url === `file://${process.argv[1]}`) {
    const [folder, bot] = process.argv.slice(2);
    const rules = await judge(folder);
    let passed = 0;
    let failed = 0;
    const check = (name, wrong) => {
        if (wrong) {
            failed += 1;
            console.log(`FAILED  ${name}: ${wrong}`);
        } else {
            passed += 1;
        }
    };
    check('the schemas refuse a notice without a body', rules.message({ type: 'm.room.message', content: { msgtype: 'm.notice', 'm.mentions': {} } }) ? undefined : 'taken');
    for (const line of spawnSync(bot, ['--samples'], { encoding: 'utf8' }).stdout.trim().split('\n')) {
        const event = { type: 'm.room.message', event_id: '$e', room_id: '!r:x.example', sender: '@raadbot:x.example', origin_server_ts: 1, content: JSON.parse(line) };
        check(`sample ${line.slice(0, 80)}`, rules.message(event));
    }
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'raadbot-')), 'registration.yaml');
    spawnSync(bot, ['--registration', file]);
    check('the registration', rules.registration(parse(fs.readFileSync(file, 'utf8'))));
    fs.rmSync(path.dirname(file), { recursive: true });
    console.log(`schemas: ${passed} passed, ${failed} failed`);
    process.exit(failed > 0 || passed < 10 ? 1 : 0);
}
