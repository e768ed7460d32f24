// The administration as staff use it, without a browser: signs in and answers what was handed over.
import { request } from "node:http";

export class Desk {
    /// `base`: the administration's address; `password`: the one-time password of a new account.
    static async open(base, login, password) {
        const desk = new Desk();
        desk.base = base;
        desk.cookies = new Map();
        await desk.send("/log-ind", { csrf: "", ...(await desk.form("/", "/log-ind")), login, password });
        await desk.send("/adgangskode", { ...(await desk.form("/adgangskode", "/adgangskode")), old: password,
            new: "et langt kodeord til prøver" });
        return desk;
    }
    /// Answers the question when it has come in; false: it has not.
    async answer(question, answer) {
        const page = await this.send("/henvendelser");
        const article = page.split("<article").find((part) => part.includes(question) && part.includes("<textarea"));
        if (!article) return false;
        const action = /action="([^"]+)"/.exec(article)[1];
        await this.send(action, { ...hidden(article), answer });
        return true;
    }
    async form(path, action) {
        const page = await this.send(path);
        return hidden(page.slice(page.indexOf(`action="${action}"`)));
    }
    /// The page, or where a form leads to.
    send(path, fields) {
        const body = fields && new URLSearchParams(fields).toString();
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
        return new Promise((resolve, reject) => {
            const out = request(this.base + path, { method: fields ? "POST" : "GET", headers: { cookie,
                ...(fields ? { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) } : {}) } },
            (response) => {
                for (const line of response.headers["set-cookie"] ?? []) {
                    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
                    this.cookies.set(name, value);
                }
                let text = "";
                response.setEncoding("utf8");
                response.on("data", (data) => { text += data; });
                response.on("end", () => (response.statusCode < 400 ? resolve(text)
                    : reject(new Error(`${path}: ${response.statusCode} ${text.replace(/<[^>]*>/g, " ").slice(0, 300)}`))));
            });
            out.on("error", reject);
            out.end(body);
        });
    }
}
const hidden = (html) => Object.fromEntries([...html.slice(0, html.indexOf("</form>") + 1 || undefined)
    .matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [name, value]));
