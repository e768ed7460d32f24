// Debian's Chromium as the tests use it, and a runner that counts.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const launch = () =>
  chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "raadbot-browser-")), {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"],
  });

const tests = [];
export const test = (name, run) => tests.push({ name, run });

export async function runAll() {
  let passed = 0;
  let failed = 0;
  for (const { name, run } of tests) {
    try {
      await run();
      passed += 1;
      console.log(`ok    ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL  ${name}\n      ${String(error.stack || error).split("\n").slice(0, 6).join("\n      ")}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
