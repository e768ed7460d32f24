// What the Teams channel sends and packs, against Microsoft's schemas (their folder: RAADBOT_SHARED).
//   node schemas.mjs <activities.json> <manifest.json> <en.json>
// Each valid thing is also spoilt in a few ways that must be noticed. Ends with 77 when there is nothing to check with.
import { readFileSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, dirname } from "node:path";

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(process.env.RAADBOT_SHARED ?? "", "suites/teams-schemas");
if (!process.env.RAADBOT_SHARED || !existsSync(folder)) {
    console.log("skipped: RAADBOT_SHARED does not name the schemas");
    process.exit(77);
}
if (!existsSync(join(here, "node_modules"))) {
    console.log("skipped: run npm ci in " + here + " first");
    process.exit(77);
}
const { default: Ajv } = await import("ajv");
const { default: Ajv04 } = await import("ajv-draft-04");
const { default: formats } = await import("ajv-formats");

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
// Some patterns of the schemas are no expressions in Unicode mode.
const options = { strict: false, allErrors: true, logger: false, unicodeRegExp: false };
const draft04 = new Ajv04(options);
formats(draft04);
const newer = new Ajv(options);
formats(newer);

const swagger = read(join(folder, "ConnectorAPI.swagger.json"));
// Written down as an object, but any value there is: imBack's is the text to send.
delete swagger.definitions.CardAction.properties.value.type;
const activity = draft04.compile({ definitions: swagger.definitions, $ref: "#/definitions/Activity" });
const cardSchema = read(join(folder, "adaptive-card-1.5.0.json"));
delete cardSchema.id;  // Draft 06 knows $id alone, and no check needs the address.
delete cardSchema.$schema;
const card = newer.compile(cardSchema);
const manifest = draft04.compile(read(join(folder, "MicrosoftTeams.schema.json")));
const localization = draft04.compile(read(join(folder, "MicrosoftTeams.Localization.schema.json")));

let passed = 0, failed = 0;
function check(what, validate, value, spoilings) {
    if (validate(value)) {
        passed += 1;
    } else {
        failed += 1;
        console.log(`${what}:`, validate.errors.slice(0, 5).map((e) => `${e.instancePath} ${e.message}`).join("; "));
    }
    for (const spoil of spoilings) {
        const copy = structuredClone(value);
        spoil(copy);
        if (validate(copy)) {
            failed += 1;
            console.log(`${what}: spoilt, and not noticed: ${spoil}`);
        } else {
            passed += 1;
        }
    }
}

const [activities, manifestFile, englishFile] = process.argv.slice(2).map(read);
const cards = [];
for (const [n, sent] of activities.sent.entries()) {
    check(`activity ${n}`, activity, sent, [(a) => { a.entities = 1; }, (a) => { a.text = {}; }]);
    for (const attachment of sent.attachments ?? []) cards.push(attachment.content);
}
for (const attachment of activities.search.composeExtension.attachments) cards.push(attachment.content);
if (cards.length < 3) throw new Error("too few cards to say anything");
for (const [n, one] of cards.entries()) {
    check(`card ${n}`, card, one, [(c) => { c.body = "x"; }, (c) => { c.body[0].type = "Nothing"; }, (c) => { c.version = 1; }]);
}
check("manifest", manifest, manifestFile, [(m) => { m.name.short = "x".repeat(31); }, (m) => { delete m.icons; },
    (m) => { m.bots[0].scopes = ["moon"]; }, (m) => { m.id = "x"; }, (m) => { m.developer.websiteUrl = "x.dk"; }]);
check("localization", localization, englishFile, [(l) => { l["name.short"] = "x".repeat(31); }, (l) => { l.unknown = "x"; }]);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
