// Requests acknowledged per CPU second: the Teams channel (every token check, durable storage, an answer posted)
// beside the JavaScript SDK's echo bot (no token check, no storage, an answer posted), one after the other, same
// load, same sink. A bot's CPU is counted until its last answer is posted.
//
//   TEAMS_PEER=program BOTBUILDER=folder node tests/bench/teams_ack/run.mjs [seconds]
// BOTBUILDER: a folder in which "npm i botbuilder express" was run. Needs wrk.
import { spawn, execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Fake, app, tenant, serviceUrl } from "../../integration/teams/fake.mjs";
import { Peer } from "../../integration/teams/peer.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const seconds = Number(process.argv[2] ?? 10);
const cpuSeconds = (pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
    return (Number(fields[11]) + Number(fields[12])) / 100;
};
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function load(port, env, connections, rate) {
    return new Promise((resolve) => {
        let out = "";
        const wrk = spawn("wrk", ["-t1", `-c${connections}`, `-d${seconds}s`, "--latency", "-s", join(here, "load.lua"),
            `http://127.0.0.1:${port}`], { env: { ...process.env, APP: app, TENANT: tenant, PREFIX: String(rate), ...env } });
        wrk.stdout.on("data", (data) => { out += data; });
        wrk.on("exit", () => resolve({
            requests: Number(/(\d+) requests in/.exec(out)?.[1] ?? 0),
            bad: Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0),
            p50: /50%\s+(\S+)/.exec(out)?.[1], p99: /99%\s+(\S+)/.exec(out)?.[1] }));
    });
}

function row(name, result, cpu, posted) {
    const perCpu = result.requests / cpu;
    console.log(`${name.padEnd(44)} ${String(result.requests).padStart(7)} requests, ${result.bad} refused, p50 ${result.p50}, ` +
        `p99 ${result.p99}, CPU ${cpu.toFixed(2)} s, ${posted} answers, ${perCpu.toFixed(0)} requests per CPU second`);
    return perCpu;
}

console.log(`${cpus()[0].model}, ${cpus().length} cores, ${seconds} s each`);

// Ours.
const fake = new Fake({ limits: false });
const address = await fake.start();
const peer = new Peer(address, { speed: "bench" });
await peer.start();
let before = cpuSeconds(peer.process.pid);
let result = await load(peer.port, { BEARER: fake.bearer(), SERVICE_URL: serviceUrl }, 32, "a");
const acknowledging = cpuSeconds(peer.process.pid) - before;
while (!(await peer.figures()).idle) await sleep(100);
const ours = row("teams: tokens, storage, answer", result, cpuSeconds(peer.process.pid) - before, fake.created);
console.log(`${" ".repeat(44)} of it while requests came in: CPU ${acknowledging.toFixed(2)} s, ` +
    `${((await peer.figures()).accepted / (await peer.figures()).commits).toFixed(2)} events per commit`);
await peer.stop();
fake.stop();

// The echo bot.
if (!process.env.BOTBUILDER) process.exit(0);
let posted = 0;
const sink = createServer((request, response) => {
    request.resume();
    request.on("end", () => { posted += 1; response.writeHead(201, { "content-type": "application/json" }); response.end('{"id":"1"}'); });
});
await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
copyFileSync(join(here, "echo.cjs"), join(process.env.BOTBUILDER, "echo.cjs"));
const echo = spawn("node", ["echo.cjs"], { cwd: process.env.BOTBUILDER, stdio: ["ignore", "pipe", "inherit"] });
const port = await new Promise((resolve) => echo.stdout.once("data", (data) => resolve(Number(data.toString()))));
before = cpuSeconds(echo.pid);
result = await load(port, { SERVICE_URL: `http://127.0.0.1:${sink.address().port}/` }, 32, "b");
await sleep(500);
const theirs = row("botbuilder echo: no tokens, no storage, answer", result, cpuSeconds(echo.pid) - before, posted);
echo.kill();
sink.close();
console.log(`ours to theirs, requests per CPU second: ${(ours / theirs).toFixed(1)}`);
process.exit(0);
