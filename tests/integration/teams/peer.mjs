// Starts teams_peer and talks to it as Teams would.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest, Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, tenant, serviceUrl } from "./fake.mjs";

export class Peer {
    constructor(fakeAddress, { speed = "slow" } = {}) {
        this.dir = mkdtempSync(join(tmpdir(), "raadbot-teams-"));
        this.fake = fakeAddress;
        this.speed = speed;
        this.agent = new Agent({ keepAlive: true, maxSockets: 32 });
    }
    async start() {
        this.process = spawn(process.env.TEAMS_PEER, [this.dir, this.fake, this.speed], { stdio: ["pipe", "pipe", "pipe"] });
        this.errors = "";
        this.process.stderr.on("data", (data) => { this.errors += data; });
        this.port = await new Promise((resolve, reject) => {
            this.process.stdout.once("data", (data) => resolve(Number(data.toString())));
            this.process.once("exit", () => reject(new Error("teams_peer ended: " + this.errors)));
        });
    }
    kill() {
        const ended = new Promise((resolve) => this.process.once("exit", resolve));
        this.process.kill("SIGKILL");
        return ended;
    }
    async stop() {
        const ended = new Promise((resolve) => this.process.once("exit", resolve));
        this.process.stdin.end();
        await ended;
        rmSync(this.dir, { recursive: true });
    }
    call(method, path, headers, body) {
        return new Promise((resolve) => {
            const out = httpRequest({ host: "127.0.0.1", port: this.port, method, path, headers, agent: this.agent },
                (response) => {
                    const chunks = [];
                    response.on("data", (chunk) => chunks.push(chunk));
                    response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() }));
                    response.on("error", () => resolve({ status: 0 }));
                });
            out.on("error", () => resolve({ status: 0 }));
            out.end(body);
        });
    }
    post(activity, authorization) {
        return this.call("POST", "/api/messages", { "content-type": "application/json; charset=utf-8",
            ...(authorization ? { authorization } : {}) }, typeof activity === "string" ? activity : JSON.stringify(activity));
    }
    async figures() { return JSON.parse((await this.call("GET", "/figures", {})).body); }
    async settled() {
        for (;;) {
            const figures = await this.figures();
            if (figures.idle) return figures;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }
}

export function message(id, text, conversation = "a:chat", more = {}) {
    return { type: "message", id: String(id), timestamp: new Date().toISOString(), channelId: "msteams", serviceUrl,
        from: { id: "29:asker", name: "Alex", aadObjectId: "0a0a0a0a-0000-0000-0000-000000000001" },
        recipient: { id: `28:${app}`, name: "Raadbot" },
        conversation: { id: conversation, conversationType: "personal", tenantId: tenant },
        channelData: { tenant: { id: tenant } }, textFormat: "plain", text, ...more };
}
