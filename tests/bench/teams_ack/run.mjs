// Requests acknowledged per CPU second: the Teams channel (every token check, durable storage) beside the JavaScript
// SDK's echo bot (no token check, no storage), one after the other, same load, same sink. Each is warmed up first. A
// bot's CPU is counted until its last answer is posted. Then the acknowledgement's p99 at half of that many requests.
//
//   TEAMS_PEER=program BOTBUILDER=folder node tests/bench/teams_ack/run.mjs [seconds]
// BOTBUILDER: a folder in which "npm i botbuilder express" was run. Needs wrk.
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { copyFileSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
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

let loads = 0;
function load(port, env, { connections = 32, time = seconds, pause = 0 } = {}) {
    return new Promise((resolve) => {
        let out = "";
        const wrk = spawn("wrk", ["-t1", `-c${connections}`, `-d${time}s`, "--latency", "-s", join(here, "load.lua"),
            `http://127.0.0.1:${port}`], { env: { ...process.env, APP: app, TENANT: tenant, PREFIX: `l${++loads}-`, PAUSE: String(pause), ...env } });
        wrk.stdout.on("data", (data) => { out += data; });
        wrk.on("exit", () => resolve({
            requests: Number(/(\d+) requests in/.exec(out)?.[1] ?? 0),
            rate: Number(/Requests\/sec:\s+(\S+)/.exec(out)?.[1] ?? 0),
            bad: Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0),
            p50: /^\s+50%\s+(\S+)/m.exec(out)?.[1], p99: /^\s+99%\s+(\S+)/m.exec(out)?.[1] }));
    });
}

function row(name, result, cpu, posted) {
    const perCpu = result.requests / cpu;
    console.log(`${name.padEnd(44)} ${String(result.requests).padStart(7)} requests, ${result.bad} refused, p50 ${result.p50}, ` +
        `p99 ${result.p99}, CPU ${cpu.toFixed(2)} s, ${posted} answers, ${perCpu.toFixed(0)} requests per CPU second`);
    return perCpu;
}

console.log(`${cpus()[0].model}, ${cpus().length} cores, ${seconds} s each`);

// Ours: what comes in and is stored, alone; then with the answers as well.
async function measure(name, speed) {
    const fake = new Fake({ limits: false });
    const peer = new Peer(await fake.start(), { speed });
    await peer.start();
    const env = { BEARER: fake.bearer(), SERVICE_URL: serviceUrl };
    const settle = async () => { while (!(await peer.figures()).idle) await sleep(100); };
    await load(peer.port, env, { time: 2 });
    await settle();
    const before = cpuSeconds(peer.process.pid), made = fake.created;
    const result = await load(peer.port, env);
    await settle();
    const perCpu = row(name, result, cpuSeconds(peer.process.pid) - before, fake.created - made);
    if (speed === "ack") {
        const half = await load(peer.port, env, { pause: Math.round(32_000 / (result.rate / 2)) });
        console.log(`${"  at half of that".padEnd(44)} ${half.rate.toFixed(0)} requests/s (of ${result.rate.toFixed(0)}), p50 ${half.p50}, p99 ${half.p99}`);
    }
    await peer.stop();
    fake.stop();
    return perCpu;
}
const acknowledged = await measure("teams: tokens checked, stored, acknowledged", "ack");
const ours = await measure("teams: the same and an answer posted", "bench");

// The echo bot.
if (!process.env.BOTBUILDER) process.exit(0);
let posted = 0;
const sink = createServer((request, response) => {
    request.resume();
    request.on("end", () => { posted += 1; response.writeHead(201, { "content-type": "application/json" }); response.end('{"id":"1"}'); });
});
await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
copyFileSync(join(here, "echo.cjs"), join(process.env.BOTBUILDER, "echo.cjs"));
async function measureEcho(name, how) {
    const echo = spawn("node", ["echo.cjs", how], { cwd: process.env.BOTBUILDER, stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise((resolve) => echo.stdout.once("data", (data) => resolve(Number(data.toString()))));
    const env = { SERVICE_URL: `http://127.0.0.1:${sink.address().port}/` };
    await load(port, env, { time: 2 });
    await sleep(500);
    const before = cpuSeconds(echo.pid), made = posted;
    const result = await load(port, env);
    await sleep(500);
    const perCpu = row(name, result, cpuSeconds(echo.pid) - before, posted - made);
    echo.kill();
    return perCpu;
}
const theirs = await measureEcho("botbuilder echo: no tokens, no storage, answer", "echo");
const silent = await measureEcho("botbuilder, silent: the same without an answer", "silent");
sink.close();
console.log(`ours to theirs, requests per CPU second: acknowledged to echo ${(acknowledged / theirs).toFixed(1)}, ` +
    `to silent ${(acknowledged / silent).toFixed(1)}; answered to echo ${(ours / theirs).toFixed(1)}`);
process.exit(0);
