/**
 * A phone that several people use: whoever has it next finds nothing of what was read on it, neither by going back nor in what the browser
 * keeps, and the session that was left is no more.
 */

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";
import { check } from "../lib/check.mjs";
import { mouse } from "../lib/mouse.mjs";
import { personas, signIn } from "../lib/personas.mjs";
import { startRegister } from "../lib/program.mjs";

let register;
let profile;
before(async () => {
  register = await startRegister();
  profile = await mkdtemp(join(tmpdir(), "psr-profile-"));
});
after(async () => {
  await register?.stop();
  await rm(profile, { recursive: true, force: true });
});

/** The browser of the phone, with what it kept from before. */
const phone = () =>
  chromium.launchPersistentContext(profile, {
    executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    viewport: { width: 390, height: 844 },
    baseURL: register.url,
    locale: "en-GB",
  });

/** Every file below a folder. @param {string} folder @returns {Promise<string[]>} */
async function files(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const below = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.isFile() ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}

/** The files of the profile that hold one of these words, as letters of one byte or of two. @param {string[]} words */
async function holding(words) {
  const found = [];
  for (const path of await files(profile)) {
    const bytes = await readFile(path).catch(() => Buffer.alloc(0));
    for (const word of words) {
      if (bytes.includes(Buffer.from(word, "latin1")) || bytes.includes(Buffer.from(word, "utf16le"))) found.push(`${word} in ${path.slice(profile.length)}`);
    }
  }
  return found;
}

const said = (page) => page.locator("body").innerText();

test("whoever has the phone next finds nothing of what was read on it", async () => {
  const first = await phone();
  const page = await first.newPage();
  page.setDefaultTimeout(10_000);
  await signIn(page, register.url, personas.decisionMaker);
  await check(page, mouse(page), { Name: "Siobhan Maguire-Okafor" });
  const [, reference] = /Quote (M-[0-9A-Z-]+)/.exec(await said(page));
  await page.goto(`${register.url}/measures/${reference}`);
  assert.match(await said(page), /Maguire-Okafor/, "what was read");
  await page.goto(`${register.url}/subjects/${/S-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await page.content())[0]}`);
  assert.match(await said(page), /Maguire-Okafor/);
  // A form that is not taken is shown again with what was typed.
  await page.goto("/check");
  await page.getByLabel("Name", { exact: true }).fill("Ottoline Quillfeather");
  await page.getByLabel("Day", { exact: true }).first().fill("");
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Ottoline Quillfeather");
  const left = await first.cookies();
  await page.goto(`${register.url}/`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  for (let back = 0; back < 4; back += 1) {
    await page.goBack({ waitUntil: "commit", timeout: 3_000 }).catch(() => undefined);
    // Going back may lead on to signing in: what is shown at last counts, and whatever is shown on the way.
    await pause(400);
    const shown = await page.content();
    assert.ok(!shown.includes("Maguire-Okafor") && !shown.includes("Do not visit alone"), `going back ${back + 1} times shows nothing`);
  }
  await first.close();

  assert.deepEqual(await holding(["Maguire-Okafor", "Do not visit alone", "I was on my own", "Quillfeather"]), [], "what the browser keeps");

  const second = await phone();
  const next = await second.newPage();
  await next.goto(`${register.url}/measures/${reference}`);
  assert.equal(new URL(next.url()).pathname, "/sign-in");
  // Whoever copied the token before is out as well.
  await second.addCookies(left);
  await next.goto(`${register.url}/measures/${reference}`);
  assert.equal(new URL(next.url()).pathname, "/sign-in", "the token that was left is no session");
  await second.close();
});
