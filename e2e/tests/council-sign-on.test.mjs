/** Signing in with the council's own sign-on, a certified provider: there and back, whom the register does not know, and out again. */

import assert from "node:assert/strict";
import { after } from "node:test";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { getReady, personas } from "../lib/personas.mjs";
import { people, signInAtProvider, startProvider, wayBack } from "../lib/provider.mjs";
import { totp } from "../lib/totp.mjs";

/** @type {Awaited<ReturnType<typeof startProvider>>} */
let provider;

const journey = journeys(async (url, folder) => {
  provider = await startProvider(url);
  return provider.settings(folder);
});
after(() => provider?.stop());

const FAILED = "The council’s sign-on does not work at the moment";
const TOO_LATE = "Signing in took too long. Start again";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Leaves for the provider by the link on the page. @param {import("playwright-core").Page} page */
async function leave(page, from = "/sign-in") {
  await page.goto(from);
  await page.getByRole("link", { name: "Sign in with Wyvernshire" }).click();
}

/** Nobody has been let in, and the page says why. @param {import("playwright-core").Page} page @param {string} why */
async function refused(page, why) {
  await page.getByText(why).first().waitFor();
  await accessible(page, `the council's sign-on, refused: ${why}`);
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/sign-in", "nobody is signed in");
}

journey("an officer signs in through the council, and signing out there ends it here", { in: [views.phone] }, async ({ page, as, view }) => {
  const member = await as("member");
  await page.goto("/sign-in");
  await accessible(page, "sign in, with the council's own sign-on");
  await screenshot(page, `sign-in-council-${view.name}`);
  await leave(page);
  assert.equal(new URL(page.url()).origin, provider.issuer);
  await signInAtProvider(page, people.known);

  await page.waitForURL("**/sign-in/second-factor");
  await accessible(page, "the council has said who it is");
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/sign-in/second-factor", "the council's word alone opens nothing");
  await page.getByLabel("Code").fill(totp(personas.officer.secret));
  await button(page, "Continue").click();
  await button(page, "Sign out").waitFor();
  await getReady(page);
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/");
  await accessible(page, "home, through the council");

  await page.goto(`${provider.issuer}/session/end`);
  await button(page, "Sign out everywhere").click();
  await page.getByText("You have signed out of Wyvernshire.").waitFor();
  assert.deepEqual(provider.told, ["taken"]);
  await page.goto("/");
  assert.equal(new URL(page.url()).pathname, "/sign-in");
  await member.goto("/");
  assert.equal(new URL(member.url()).pathname, "/", "others stay signed in");
});

journey("somebody whose address the council tells only when it is asked signs in as well", {}, async ({ page }) => {
  await leave(page);
  await signInAtProvider(page, people.knownBeside);
  await page.waitForURL("**/sign-in/second-factor");
});

journey("somebody whom the council knows and the register does not is told whom to ask", { in: [views.narrow, views.scriptless] }, async ({ page, view }) => {
  await leave(page);
  await signInAtProvider(page, people.unknown);
  await page.getByText("You have no account in this register").first().waitFor();
  await screenshot(page, `sign-in-council-unknown-${view.name}`);
  await refused(page, "You have no account in this register. Ask your manager whether you need one");
});

journey("an address that the council has not proven opens nobody's account", {}, async ({ page }) => {
  await leave(page);
  await signInAtProvider(page, people.pretender);
  await refused(page, "You have no account in this register");
});

journey("whoever turns back at the council's sign-on signs in another way", {}, async ({ page }) => {
  await leave(page, "/sign-in?next=%2Fcheck");
  await button(page, "Turn back").click();
  await page.getByText(FAILED).first().waitFor();
  assert.equal(await page.locator("input[name=next]").first().inputValue(), "/check", "where they were going is kept");
  await refused(page, FAILED);
});

journey("a state that was changed on the way is refused, and nothing can be tried twice", {}, async ({ page }) => {
  await leave(page);
  const right = await wayBack(page, people.known);
  const changed = new URL(right);
  changed.searchParams.set("state", `${changed.searchParams.get("state")}A`);
  await page.goto(changed.href);
  await refused(page, FAILED);
  await page.goto(right);
  await refused(page, TOO_LATE);
});

journey("another provider's name on the answer is refused", {}, async ({ page }) => {
  await leave(page);
  const mixed = new URL(await wayBack(page, people.known));
  mixed.searchParams.set("iss", "https://elsewhere.example");
  await page.goto(mixed.href);
  await refused(page, FAILED);
});

journey("a sign-in that one browser began is not ended in another", {}, async ({ page, as }) => {
  await leave(page);
  const address = await wayBack(page, people.known);
  const other = await as();
  await other.goto(address);
  await refused(other, TOO_LATE);
  // Where it began it still ends.
  await page.goto(address);
  assert.equal(new URL(page.url()).pathname, "/sign-in/second-factor");
});
