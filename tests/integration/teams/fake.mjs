// Bot Connector, Entra and key endpoints on this machine: strict where Teams is strict, faulty on demand. Plain
// node:http, nothing installed.
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { generateKeyPairSync, createSign } from "node:crypto";

export const app = "11111111-2222-3333-4444-555555555555";
export const tenant = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
export const serviceUrl = "https://smba.trafficmanager.net/emea/";
const secret = "hemmelig";
const images = new Set(["Microsoft Word", "Microsoft Excel", "Microsoft PowerPoint", "Image", "GIF", "Video", "Sound",
    "ZIP", "Text", "PDF", "Source Code"]);

const base64url = (value) => Buffer.from(value).toString("base64url");

/// A small generator of reproducible numbers (mulberry32).
export function seeded(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

/// Why Teams would refuse a step of a stream. Only informative ones are ever sent.
function stepRefusal(activity) {
    const info = (activity.entities ?? []).filter((e) => e.type === "streaminfo");
    if (info.length !== 1 || activity.entities.length !== 1) return "a step has one streaminfo and no other entity";
    if (info[0].streamType !== "informative" || !Number.isInteger(info[0].streamSequence)) return "streaminfo of a step";
    if (!activity.text || activity.text.length > 1000) return "text of a step";
    for (const name of ["streamId", "streamType", "streamSequence"]) {
        if (activity.channelData?.[name] !== info[0][name]) return `channelData.${name}`;
    }
    if (activity.attachments || activity.channelData.feedbackLoop) return "only the last step has that";
    return "";
}

/// Why Teams would refuse the message; nothing when it would not.
export function refusal(activity) {
    if (activity.type !== "message" && activity.type !== "typing") return "type";
    for (const name of ["timestamp", "serviceUrl", "recipient", "localTimestamp"]) {
        if (name in activity) return `agents leave out ${name}`;
    }
    if (activity.from?.id !== `28:${app}`) return "from";
    if (activity.type === "typing") return stepRefusal(activity);
    if (!activity.text && !activity.attachments) return "empty message";
    if (activity.text && activity.attachments) return "text and attachment are split and lose the id";
    if (activity.attachments && activity.suggestedActions) return "suggested actions with attachments";
    if (activity.suggestedActions?.actions.length > 3) return "more than three suggested actions";
    const data = activity.channelData ?? {};
    if ("feedbackLoop" in data && "feedbackLoopEnabled" in data) return "both feedback loops";
    const roots = (activity.entities ?? []).filter((e) => e.type === "https://schema.org/Message");
    if (roots.length > 1) return "two root entities";
    for (const root of roots) {
        if (root["@type"] !== "Message" || root["@context"] !== "https://schema.org" || root["@id"] !== "") return "root";
        const citations = root.citation ?? [];
        if ("citation" in root && citations.length === 0) return "empty citations";
        if (citations.length > 20) return "more than 20 citations";
        if (new Set(citations.map((c) => c.position)).size !== citations.length) return "position twice";
        for (const c of citations) {
            const a = c.appearance ?? {};
            if (c["@type"] !== "Claim" || !Number.isInteger(c.position) || a["@type"] !== "DigitalDocument") return "claim";
            if (!a.name || a.name.length > 80) return "citation name";
            if (!a.abstract || a.abstract.length > 160) return "citation abstract";
            if ((a.keywords ?? []).length > 3 || (a.keywords ?? []).some((k) => k.length > 28)) return "keywords";
            if (a.image && !images.has(a.image.name)) return "image name";
            if (a.url && !/^https?:\/\//.test(a.url)) return "citation url";
            if (!activity.text.includes(`[${c.position}]`)) return "citation without its mark";
        }
        for (const [, n] of activity.text.matchAll(/(?<!\\)\[(\d+)\](?!\()/g)) {
            if (!citations.some((c) => c.position === Number(n))) return "mark without its citation";
        }
    }
    for (const attachment of activity.attachments ?? []) {
        if (attachment.contentType !== "application/vnd.microsoft.card.adaptive") return "attachment";
        if (attachment.content?.type !== "AdaptiveCard" || attachment.content.version !== "1.5") return "card version";
    }
    return "";
}

export class Fake {
    /// `tls`: key and certificate, when the program itself calls Microsoft's names.
    constructor({ faults = 0, seed = 1, limits = true, tls } = {}) {
        this.random = seeded(seed);
        this.faults = faults;  // Share of calls that meet one.
        this.limits = limits;
        this.token = 0;
        this.tokenLife = 3600;
        this.messages = new Map();   // conversation -> id -> activity
        this.log = [];               // Every activity taken.
        this.complaints = [];        // What a strict service would have refused, and other wrongs.
        this.notBefore = new Map();  // conversation -> time
        this.sends = new Map();      // conversation -> times
        this.counts = {};
        this.streams = new Map();    // conversation -> the open one
        this.created = 0;
        const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
        this.privateKey = privateKey;
        this.jwk = { ...publicKey.export({ format: "jwk" }), kid: "fake", use: "sig", endorsements: ["msteams"] };
        const listener = (request, response) => {
            const chunks = [];
            request.on("data", (chunk) => chunks.push(chunk));
            request.on("end", () => this.answer(request, Buffer.concat(chunks).toString("utf8"), response));
        };
        this.server = tls ? createTlsServer(tls, listener) : createServer(listener);
        this.server.keepAliveTimeout = 1000;
    }
    async start(port = 0) {
        await new Promise((resolve) => this.server.listen(port, "127.0.0.1", resolve));
        return `http://127.0.0.1:${this.server.address().port}`;
    }
    stop() {
        this.server.closeAllConnections();
        this.server.close();
    }

    /// A token as the Bot Connector would send it.
    bearer(more = {}) {
        const now = Math.floor(Date.now() / 1000);
        const claims = { aud: app, iss: "https://api.botframework.com", nbf: now - 60, exp: now + 3600,
            serviceurl: serviceUrl, ...more };
        const text = base64url(JSON.stringify({ typ: "JWT", alg: "RS256", kid: "fake" })) + "." +
            base64url(JSON.stringify(claims));
        return "Bearer " + text + "." + createSign("RSA-SHA256").update(text).sign(this.privateKey).toString("base64url");
    }

    count(what) { this.counts[what] = (this.counts[what] ?? 0) + 1; }

    json(response, status, body, headers = {}) {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        response.end(body === undefined ? "" : JSON.stringify(body));
    }
    error(response, status, code, headers = {}) {
        this.json(response, status, { error: { code, message: code } }, headers);
    }

    answer(request, body, response) {
        const host = request.headers["x-meant-for"] ?? `https://${request.headers.host}`;
        if (host === "https://login.botframework.com") return this.keys(request, response);
        if (host === "https://login.microsoftonline.com") return this.entra(request, body, response);
        if (host === "https://smba.trafficmanager.net") return this.connector(request, body, response);
        this.complaints.push(`a call meant for ${host}`);
        this.error(response, 404, "NotFound");
    }

    keys(request, response) {
        this.count("keys");
        if (request.url === "/v1/.well-known/openidconfiguration") {
            return this.json(response, 200, { issuer: "https://api.botframework.com",
                jwks_uri: "https://login.botframework.com/v1/.well-known/keys",
                id_token_signing_alg_values_supported: ["RS256"] });
        }
        if (request.url === "/v1/.well-known/keys") return this.json(response, 200, { keys: [this.jwk] });
        this.error(response, 404, "NotFound");
    }

    entra(request, body, response) {
        this.count("tokens");
        const form = new URLSearchParams(body);
        if (request.method !== "POST" || request.url !== `/${tenant}/oauth2/v2.0/token` ||
            request.headers["content-type"] !== "application/x-www-form-urlencoded" ||
            form.get("grant_type") !== "client_credentials" || form.get("client_id") !== app ||
            form.get("client_secret") !== secret || form.get("scope") !== "https://api.botframework.com/.default") {
            this.complaints.push("wrong token request");
            return this.json(response, 400, { error: "invalid_client" });
        }
        this.token += 1;
        this.json(response, 200, { token_type: "Bearer", expires_in: this.tokenLife, access_token: `token-${this.token}` });
    }

    connector(request, body, response) {
        const path = /^\/emea\/v3\/conversations\/([^/?]+)\/activities(?:\/([^/?]+))?$/.exec(request.url);
        if (!path || /[:;@=]/.test(path[1])) {
            this.complaints.push(`path ${request.url}`);
            return this.error(response, 404, "NotFound");
        }
        const conversation = decodeURIComponent(path[1]);
        const id = path[2] && decodeURIComponent(path[2]);
        const now = Date.now();
        if (now < (this.notBefore.get(conversation) ?? 0)) this.complaints.push(`sent before its time: ${conversation}`);
        if (request.headers.authorization !== `Bearer token-${this.token}`) {
            this.count("401");
            return this.error(response, 401, "BotNotRegistered");
        }
        const key = id ?? "";
        if (this.limits) {
            const times = (this.sends.get(conversation) ?? []).filter((t) => now - t < 30000);
            times.push(now);
            this.sends.set(conversation, times);
            // A little slack: two clocks, one network.
            if (times.filter((t) => now - t < 900).length > 8 || times.length > 62) {
                this.complaints.push(`too many sends: ${conversation}`);
            }
        }
        const fault = this.random() < this.faults ? Math.floor(this.random() * 9) : -1;
        switch (fault) {
            case 0: this.count("412"); return this.error(response, 412, "PreconditionFailed");
            case 1:
                this.count("429");
                this.notBefore.set(conversation, now + 1000);
                return this.error(response, 429, "Throttled", { "retry-after": "1" });
            case 2: this.count("429 plain"); return this.error(response, 429, "Throttled");
            case 3: this.count("502"); return this.error(response, 502, "ServiceError");
            case 4: this.count("503"); return this.error(response, 503, "ServiceError");
            case 5: this.count("504"); return this.error(response, 504, "ServiceError");
            case 6:  // The token ended early.
                this.count("token ended");
                this.token += 1000;
                return this.error(response, 401, "BotNotRegistered");
            case 7:  // Done, but nobody hears of it.
                this.count("reset after");
                this.perform(request.method, conversation, key, body);
                return response.destroy();
            case 8: {  // A slow answer.
                this.count("slow body");
                const [status, result] = this.perform(request.method, conversation, key, body);
                response.writeHead(status, { "content-type": "application/json" });
                const text = JSON.stringify(result ?? {});
                [...text].forEach((c, n) => setTimeout(() => n + 1 < text.length ? response.write(c) : response.end(c), 5 * n));
                return;
            }
        }
        const [status, result, code, why] = this.perform(request.method, conversation, key, body);
        if (code) return this.json(response, status, { error: { code, message: why ?? code } });
        this.json(response, status, result);
    }

    perform(method, conversation, id, body) {
        if (!this.messages.has(conversation)) this.messages.set(conversation, new Map());
        const messages = this.messages.get(conversation);
        if (method === "DELETE") {
            if (!messages.delete(id)) return [404, undefined, "ActivityNotFoundInConversation"];
            this.count("removed");
            return [200];
        }
        if (Buffer.byteLength(body, "utf16le") > 80 * 1024) {
            this.complaints.push("too large");
            return [413, undefined, "MessageSizeTooBig"];
        }
        let activity;
        try { activity = JSON.parse(body); } catch { activity = {}; }
        const why = refusal(activity);
        if (why) {
            this.complaints.push(why);
            return [400, undefined, "BadArgument"];
        }
        if (activity.conversation?.id !== conversation) {
            this.complaints.push("another conversation in the body");
            return [400, undefined, "BadArgument"];
        }
        const info = (activity.entities ?? []).find((e) => e.type === "streaminfo");
        if (info) {
            const refused = this.stream(method, conversation, activity, info);
            if (refused) return refused;
            if (activity.type === "typing" && info.streamId) return [202, {}];
            if (activity.type === "message") {
                this.log.push(activity);
                messages.set(info.streamId, activity);
                return [202, {}];
            }
        }
        this.log.push(activity);
        if (method === "PUT") {
            if (!messages.has(id)) return [404, undefined, "ActivityNotFoundInConversation"];
            this.count("edited");
            messages.set(id, activity);
            return [200, { id }];
        }
        this.created += 1;
        const made = String(1700000000000 + this.created);
        messages.set(made, activity);
        if (info) this.streams.set(conversation, { id: made, sequence: 1, last: Date.now(), begun: Date.now() });
        return [201, { id: made }];
    }

    /// What Teams says against a step or the end of a stream.
    stream(method, conversation, activity, info) {
        const wrong = (why) => { this.complaints.push(why); return [400, undefined, "BadRequest"]; };
        const open = this.streams.get(conversation);
        const now = Date.now();
        if (method !== "POST") return wrong("streams are posted");
        if (!conversation.startsWith("a:")) return wrong("streams are for personal chats");
        if (activity.type === "typing" && !info.streamId) {
            if (info.streamSequence !== 1) return wrong("a stream starts with 1");
            this.count("streams");
            return undefined;
        }
        if (open?.id !== info.streamId) return [403, undefined, "ContentStreamNotAllowed", "already completed streamed message"];
        if (now - open.last < 950) return wrong("more than one step a second");
        if (now - open.begun > 120000) return [403, undefined, "ContentStreamNotAllowed", "exceeded streaming time"];
        open.last = now;
        if (activity.type === "typing") {
            if (info.streamSequence !== ++open.sequence) return wrong("sequence");
            this.count("steps");
            return undefined;
        }
        if (info.streamType !== "final" || "streamSequence" in info) return wrong("end of a stream");
        if (activity.channelData?.streamId !== info.streamId) return wrong("channelData.streamId");
        this.count("stream ends");
        this.streams.delete(conversation);
        return undefined;
    }

    standing() { return [...this.messages.values()].flatMap((m) => [...m.values()]); }
}
