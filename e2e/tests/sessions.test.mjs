/** Where somebody is signed in, and the recovery codes with which they sign in on the day their phone is lost. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { personas, signIn } from "../lib/personas.mjs";
import { totp } from "../lib/totp.mjs";

const journey = journeys();

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Makes recovery codes and gives them. @param {import("playwright-core").Page} page */
async function codesOf(page) {
  await page.goto("/account");
  await page.getByRole("link", { name: "Your recovery codes" }).click();
  await button(page, "Make new recovery codes").click();
  await page.getByText("They are not shown again").waitFor();
  const codes = await page.locator("main ol li").allInnerTexts();
  assert.equal(codes.length, 10);
  return codes;
}

/** Gives the password and a recovery code. @param {import("playwright-core").Page} page */
async function recovers(page, { email, password }, code) {
  await page.goto("/sign-in");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Continue").click();
  await page.getByText("I no longer have my authenticator app").click();
  await page.getByRole("link", { name: "use one of them" }).click();
  await page.getByLabel("Recovery code").fill(code);
  await button(page, "Continue").click();
}

journey("a contractor finds a session they left elsewhere and ends it", { in: [views.phone] }, async ({ page, url, as, view }) => {
  const elsewhere = await as(undefined);
  await signIn(elsewhere, url, personas.contractor);
  // A code is good once: this is the next one.
  await signIn(page, url, personas.contractor, Date.now() + 30_000);
  await page.goto("/account");
  await page.getByRole("link", { name: "Where you are signed in" }).click();
  assert.match(await page.locator("main").innerText(), /Chrome on/);
  await accessible(page, "sessions");
  await screenshot(page, `sessions-${view.name}`);
  await page.getByRole("button", { name: /^End \d{6}, / }).click();
  await button(page, "End all but this one").waitFor({ state: "detached" });
  await elsewhere.goto("/account");
  assert.equal(new URL(elsewhere.url()).pathname, "/sign-in");
});

journey("a councillor who lost their phone signs in with a recovery code and is told how many are left", { as: "member", in: [views.phone, views.scriptless] }, async ({ page, as, view }) => {
  const codes = await codesOf(page);
  await accessible(page, "recovery codes, just made");
  await screenshot(page, `recovery-codes-${view.name}`);
  const later = await as(undefined);
  await recovers(later, personas.member, codes[3].toLowerCase().replaceAll("-", " "));
  await later.getByText("9 recovery codes left").first().waitFor();
  await accessible(later, "recovery codes, one used");
  await later.getByRole("link", { name: "Continue" }).click();
  assert.equal(new URL(later.url()).pathname, "/");
});

journey("a decision maker who lost their phone sets up a new app before anything else, and the old one is good no more", { in: [views.phone] }, async ({ page, url, as, view }) => {
  await signIn(page, url, personas.decisionMaker);
  const codes = await codesOf(page);
  const later = await as(undefined);
  await recovers(later, personas.decisionMaker, codes[0]);
  await later.getByText("in place of the one you lost").waitFor();
  await accessible(later, "set up an app in place of a lost one");
  await screenshot(later, `replace-app-${view.name}`);
  await later.goto("/work");
  assert.equal(new URL(later.url()).pathname, "/sign-in/set-up");
  await page.goto("/account");
  assert.equal(new URL(page.url()).pathname, "/account", "nothing is over yet");
  const secret = (await later.locator("details strong").textContent()) ?? "";
  await later.getByLabel("Code").fill(totp(secret));
  await button(later, "Continue").click();
  await later.getByText("You have no recovery codes left").waitFor();
  await page.goto("/account");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
});
