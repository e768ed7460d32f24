// The public site as people use it, in a real browser, against a running server (RAADBOT_URL).
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { launch, runAll, test } from "./browser.mjs";

const base = process.env.RAADBOT_URL.replace(/\/$/, "");
const foreignPort = Number(process.env.RAADBOT_FOREIGN_PORT || 0); // Its origin is an allowed frame ancestor.
const shots = process.env.RAADBOT_SHOTS;
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const question = "Hvad er en partshøring?";
const framed = process.env.RAADBOT_FOREIGN_ALLOWED === "1";

const context = await launch();
await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: base });
const faults = [];

/** A page of its own for each test; what the browser complains about fails that test. */
async function withPage(run, options = {}) {
  const page = await context.newPage();
  faults.length = 0;
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") faults.push(message.text()); });
  await page.setViewportSize(options.size || { width: 1280, height: 900 });
  try {
    await run(page);
    if (!options.mayComplain) assert.deepEqual(faults, []);
  } finally {
    await page.close();
  }
}

async function ask(page, text) {
  await page.fill("#q", text);
  await page.click("form[data-main] .send");
  await page.waitForSelector(`#answer .turn[data-question="${text}"]`);
}

async function picture(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.waitForTimeout(320); // The answer's short appearance.
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

async function noViolations(page) {
  await page.waitForTimeout(320);
  // Evaluated by the debugger: the page's own policy stays in force.
  const { readFileSync } = await import("node:fs");
  await page.evaluate(readFileSync(axe, "utf8"));
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`), []);
}

const overflows = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

test("the first page tells what it is, with the notice in sight", () => withPage(async (page) => {
  await page.goto(base);
  assert.match(await page.title(), /Spørg/);
  const notice = page.locator(".notice");
  assert.match(await notice.innerText(), /Automatisk tjeneste \(AI\)/);
  const box = await notice.boundingBox();
  assert.ok(box.y + box.height < 900, "the notice is above the fold");
  assert.ok((await page.locator(".examples .choice").count()) >= 2);
  await picture(page, "start-desktop");
}));

test("a question is answered on the page, with sources, and focus goes to the answer", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  assert.equal(page.url(), `${base}/`);
  assert.ok((await page.locator("#answer .said").count()) > 0);
  assert.ok((await page.locator("#answer .card").count()) > 0);
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("asked")));
  await picture(page, "answer-desktop");
}));

test("every citation leads to its card, and every card opens a web address in a new window", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  const marks = page.locator("#answer .body .cite");
  for (let i = 0; i < (await marks.count()); i += 1) {
    const number = await marks.nth(i).innerText();
    await marks.nth(i).click();
    const shown = page.locator(".card.shown");
    assert.equal(await shown.count(), 1);
    assert.equal((await shown.locator(".number").innerText()).trim(), number);
    assert.ok(await shown.evaluate((card) => card === document.activeElement));
  }
  for (const link of await page.locator(".card .open").all()) {
    assert.match(await link.getAttribute("href"), /^https?:\/\//);
    assert.match(await link.getAttribute("rel"), /noopener/);
  }
}));

test("what became of a case is told with body, date and votes", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, "hvad endte vi med om hallen");
  const answer = await page.textContent("#answer .turn");
  assert.match(answer, /Byrådet, \d+\. [a-zæøå]+ 20\d\d/);
  assert.match(answer, /stemte/);
  assert.ok(await page.locator("#answer .turn a[href^='https://dagsordener.egelund.example/']").count() > 0);
  await picture(page, "decision");
}, { size: { width: 1000, height: 900 } }));

test("Enter asks, Shift+Enter makes a line", () => withPage(async (page) => {
  await page.goto(base);
  await page.focus("#q");
  await page.keyboard.type("hvad endte");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("vi med");
  assert.equal(await page.inputValue("#q"), "hvad endte\nvi med");
  await page.keyboard.press("Enter");
  await page.waitForSelector("#answer .turn");
}));

test("an empty question is told at the field", () => withPage(async (page) => {
  await page.goto(base);
  await page.click("form[data-main] .send");
  assert.match(await page.innerText("#q-fault"), /Skriv et spørgsmål/);
  assert.ok(await page.evaluate(() => document.activeElement.id === "q"));
}));

test("a follow-up sends the earlier questions, and the earlier answer stays on the page", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  const suggested = page.locator("#answer .choices .choice");
  const [request] = await Promise.all([
    page.waitForRequest("**/fragment/answer"),
    (await suggested.count()) > 0 ? suggested.first().click() : ask(page, "hvor lang er fristen"),
  ]);
  assert.deepEqual(new URLSearchParams(request.postData()).getAll("previous"), [question]);
  await page.waitForSelector("#turns > li");
  assert.equal(await page.locator("#turns summary").first().innerText(), question);
  await page.locator("#turns summary").first().click();
  assert.ok(await page.locator("#turns .card").first().isVisible());
  await picture(page, "follow-up");
}));

test("the permalink shows the same answer by itself", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  const said = await page.locator("#answer .said").allInnerTexts();
  await page.click("#answer .permalink");
  await page.waitForURL("**/svar/**");
  assert.deepEqual(await page.locator(".turn .said").allInnerTexts(), said);
  assert.equal(await page.locator("meta[name=robots]").getAttribute("content"), "noindex");
  await picture(page, "permalink");
}));

test("the link is copied", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  await page.click("#answer .copy");
  await page.waitForFunction(() => document.querySelector("#answer .copy").textContent.includes("kopieret"));
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /\/svar\/[^/]+$/);
}));

test("reading aloud starts and stops", () => withPage(async (page) => {
  await page.addInitScript(() => {
    window.spoken = [];
    window.speechSynthesis.speak = (words) => window.spoken.push([words.lang, words.text]);
    window.speechSynthesis.cancel = () => { window.cancelled = true; };
  });
  await page.goto(base);
  await ask(page, question);
  const button = page.locator("#answer .read");
  assert.equal(await button.innerText(), "Læs op");
  await button.click();
  assert.match(await button.innerText(), /Stop/);
  const spoken = await page.evaluate(() => window.spoken);
  assert.ok(spoken.length > 0 && spoken.every(([language, text]) => language === "da-DK" && !/\[\d\]/.test(text)));
  await button.click();
  assert.equal(await button.innerText(), "Læs op");
  assert.ok(await page.evaluate(() => window.cancelled));
}));

test("feedback: a thumb, then a comment", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  await page.locator("#answer .thumb").nth(1).click();
  await page.waitForFunction(() => document.querySelector("#answer .thanks").textContent);
  assert.equal(await page.locator("#answer .thumb").nth(1).getAttribute("aria-pressed"), "true");
  await page.click("#answer .feedback summary");
  await page.fill("#answer .feedback textarea", "Der manglede et år.");
  await picture(page, "feedback");
  const [request] = await Promise.all([page.waitForRequest("**/api/feedback"), page.click("#answer .feedback .send")]);
  assert.deepEqual(Object.keys(JSON.parse(request.postData())).sort(), ["answer_id", "comment", "helpful"]);
  await page.waitForFunction(() => /Kommentaren/.test(document.querySelector("#answer .thanks").textContent));
}));

test("everything works with the keyboard alone", () => withPage(async (page) => {
  await page.goto(base);
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("skip")));
  await page.keyboard.press("Enter");
  const reach = async (selector, most = 60) => {
    for (let i = 0; i < most; i += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    }
    assert.fail(`${selector} is not reached with Tab`);
  };
  await reach("#q");
  await page.keyboard.type(question);
  await reach("form[data-main] .send", 3);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#answer .turn");
  await reach("#answer .cite", 3);
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".card.shown")));
  await reach("#answer .open");
  await reach("#answer .permalink");
  await reach("#answer .thumb");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("#answer .thanks").textContent);
  if ((await page.locator("#answer .choices .choice").count()) > 0) await reach("#answer .choices .choice");
}));

test("the page works without script: ask, follow up, rate", async () => {
  const page = await context.newPage();
  try {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(base);
    await page.fill("#q", question);
    await page.click("form[data-main] .send");
    await page.waitForSelector(".turn .card");
    assert.ok(await page.locator(".read").isHidden());
    await page.fill("#q", "hvor lang er fristen");
    await page.click("form[data-main] .send");
    await page.waitForSelector("#turns li");
    assert.ok((await page.innerText("#turns")).includes(question));
    await page.locator(".feedback .thumb").first().click();
    await page.waitForURL("**/feedback");
    assert.match(await page.innerText("main"), /Tak/);
    await page.goto(`${base}/?q=${encodeURIComponent(question)}`);
    assert.ok((await page.locator(".turn .said").count()) > 0);
    await picture(page, "no-script");
  } finally {
    await page.close();
  }
});

test("English: the words change, the quotes stay, the choice follows the links", () => withPage(async (page) => {
  await page.goto(base);
  await page.click(".language");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.match(await page.innerText("h1"), /^Ask /);
  await ask(page, question);
  assert.match(await page.innerText("#answer .sources h3"), /Sources/);
  assert.equal(await page.locator("#answer .said > span").first().getAttribute("lang"), "da");
  await page.click(".bottom nav a");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await picture(page, "about-english");
}));

test("a server that fails is told, and the question is not lost", () => withPage(async (page) => {
  await page.goto(base);
  await page.route("**/fragment/answer", (route) => route.abort());
  await page.fill("#q", question);
  await page.click("form[data-main] .send");
  await page.waitForFunction(() => document.getElementById("q-fault").textContent);
  assert.equal(await page.inputValue("#q"), question);
}, { mayComplain: true }));

test("the widget opens in another site's page, answers there and closes", async () => {
  const site = createServer((_, response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    // The municipality's own site may have a strict policy.
    response.setHeader("Content-Security-Policy", `default-src 'none'; script-src ${base}; frame-src ${base}`);
    response.end(`<!doctype html><html lang="da"><title>Kommunens side</title><h1>Kommunens side</h1>
      <script src="${base}/widget.js" data-label="Spørg os" async></script></html>`);
  });
  await new Promise((resolve) => site.listen(foreignPort, "127.0.0.1", resolve));
  const origin = `http://localhost:${site.address().port}`;
  try {
    await withPage(async (page) => {
      await page.goto(origin);
      const button = page.getByRole("button", { name: "Spørg os" });
      await button.click();
      const frame = page.frameLocator("iframe");
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      if (framed) {
        await frame.locator("#q").fill(question);
        await frame.locator("form[data-main] .send").click();
        await frame.locator("#answer .said").first().waitFor();
        await picture(page, "widget-desktop");
        await page.setViewportSize({ width: 360, height: 740 });
        await picture(page, "widget-phone");
        await frame.locator(".close").click();
        await page.waitForFunction(() => document.activeElement && document.activeElement.shadowRoot?.activeElement?.tagName === "BUTTON");
        assert.equal(await button.getAttribute("aria-expanded"), "false");
      }
    }, { mayComplain: !framed }); // A frame that is not allowed is also a console message.
  } finally {
    site.closeAllConnections();
    site.close();
  }
});

test("no other site may frame the pages, nor send the forms", async () => {
  const page = await fetch(`${base}/`);
  assert.match(page.headers.get("content-security-policy"), /frame-ancestors 'none'/);
  const form = await fetch(`${base}/`, {
    method: "POST", body: new URLSearchParams({ q: question }), headers: { Origin: "https://evil.example" },
  });
  assert.equal(form.status, 403);
});

// Only where the server believes this machine about who asks.
if (process.env.RAADBOT_BEHIND_PROXY === "1") test("too many questions from one address are told so, with the time to wait", async () => {
  let last;
  for (let i = 0; i < 40; i += 1) {
    last = await fetch(`${base}/?q=hal`, { headers: { "X-Forwarded-For": "203.0.113.9" } });
    if (last.status === 429) break;
    await last.arrayBuffer();
  }
  assert.equal(last.status, 429);
  assert.ok(Number(last.headers.get("retry-after")) > 0);
  assert.match(await last.text(), /Vent \d+ sekunder/);
});

const sizes = { "phone 320": { width: 320, height: 640 }, phone: { width: 390, height: 844 },
                tablet: { width: 820, height: 1180 }, desktop: { width: 1280, height: 800 },
                "desktop at 400 %": { width: 320, height: 256 } };
for (const [name, size] of Object.entries(sizes)) {
  test(`${name}: nothing is cut off, targets are large enough`, () => withPage(async (page) => {
    for (const path of ["/", "/om", "/tilgaengelighed", "/privatliv", "/widget"]) {
      await page.goto(base + path);
      assert.equal(await overflows(page), false, path);
    }
    await page.goto(base);
    await ask(page, question);
    assert.equal(await overflows(page), false);
    const small = await page.evaluate(() => [...document.querySelectorAll("button, .cite, nav a")]
      .filter((e) => e.offsetParent && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24))
      .map((e) => e.outerHTML.slice(0, 80)));
    assert.deepEqual(small, []);
    await picture(page, `answer-${name.replaceAll(" ", "-").replace("%", "")}`);
  }, { size }));
}

const looks = { light: { colorScheme: "light" }, dark: { colorScheme: "dark" },
                "more contrast": { colorScheme: "light", contrast: "more" },
                "forced colours": { colorScheme: "dark", forcedColors: "active" },
                "reduced motion": { colorScheme: "light", reducedMotion: "reduce" } };
for (const [name, media] of Object.entries(looks)) {
  test(`axe finds nothing on any page: ${name}`, () => withPage(async (page) => {
    await page.emulateMedia(media);
    for (const path of ["/", "/?lang=en", "/om", "/om?lang=en", "/tilgaengelighed", "/privatliv", "/widget", "/svar/findes-ikke", "/findes-ikke"]) {
      await page.goto(base + path);
      await noViolations(page);
    }
    await page.goto(base);
    await ask(page, question);
    await noViolations(page);
    await picture(page, `answer-${name.replaceAll(" ", "-")}`);
    await page.locator("#answer .thumb").first().click();
    await page.waitForFunction(() => document.querySelector("#answer .thanks").textContent);
    await page.click("#answer .feedback summary");
    await noViolations(page);
    const asked = ["hvad koster en ny svømmehal på Månen", "hallen"];
    for (const text of asked) {
      await ask(page, text);
      await noViolations(page);
      await picture(page, `${text.includes(" ") ? "refused" : "clarify"}-${name.replaceAll(" ", "-")}`);
    }
    await page.locator("#turns summary").first().click();
    await noViolations(page);
    await page.click("#answer .permalink");
    await page.waitForURL("**/svar/**");
    await noViolations(page);
  }, { mayComplain: true })); // A page that is not there is also a console message.
}

test("printing leaves the answer and its addresses", () => withPage(async (page) => {
  await page.goto(base);
  await ask(page, question);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("form[data-main]").isHidden());
  assert.ok(await page.locator("#answer .card").first().isVisible());
  await picture(page, "print");
}));

const code = await runAll();
await context.close();
process.exit(code);
