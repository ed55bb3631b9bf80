/** Passkeys: made, used to sign in and before a grave act, and removed. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { byName, device } from "../lib/device.mjs";
import { assessed } from "../lib/entry.mjs";
import { journeys } from "../lib/journey.mjs";
import { personas, signIn } from "../lib/personas.mjs";

const journey = journeys(async (url) => ({ PSR_ADDRESS: byName(url), PSR_PASSKEY_ROLES: '["administrator"]' }));

/** Nobody here is real. */
const CUSTOMER = { name: "Tamsin Quillfeather-Obi", address: "3 Chandlers Reach, Marlham", postcode: "WV7 5TN" };

const button = (page, name) => page.getByRole("button", { name, exact: true });

const title = (page) => page.getByRole("heading", { level: 1 }).innerText();

/** Signs in with password and code, and adds a passkey of this name. */
async function withPasskey(page, url, persona, name) {
  await signIn(page, byName(url), persona);
  const held = await device(page);
  await page.goto(`${byName(url)}/account/passkeys`);
  await page.getByLabel("Name of the device").fill(name);
  await button(page, "Make a passkey").click();
  await page.getByRole("heading", { name }).waitFor();
  return held;
}

journey("a councillor makes a passkey and signs in with it alone", { in: [views.phone] }, async ({ page, url, view }) => {
  const held = await withPasskey(page, url, personas.member, "Work phone");
  await accessible(page, "passkeys");
  await screenshot(page, `passkeys-${view.name}`);
  await page.goto(`${byName(url)}/`);
  await button(page, "Sign out").click();
  await accessible(page, "sign in with a passkey");
  await screenshot(page, `sign-in-passkey-${view.name}`);

  await held.isHolder(false);
  await button(page, "Sign in with a passkey").click();
  await page.getByText("No passkey was used").waitFor();
  await held.isHolder(true);
  await button(page, "Sign in with a passkey").click();
  await button(page, "Sign out").waitFor();
  assert.equal(new URL(page.url()).pathname, "/");
  assert.deepEqual(await held.count(), [2]);

  // What was answered once is not answered again.
  await page.goto(`${byName(url)}/account/passkeys`);
  assert.match(await page.locator("main").innerText(), /Last used: .*20\d\d/);
  await button(page, "Remove Work phone").click();
  await page.getByText("You have no passkey.").waitFor();
  await page.goto(`${byName(url)}/`);
  await button(page, "Sign out").click();
  await button(page, "Sign in with a passkey").click();
  await page.getByText("The passkey was not recognised").waitFor();
});

journey("a passkey will do for the second step", { in: [views.desktop] }, async ({ page, url }) => {
  const { email, password } = personas.lineManager;
  await withPasskey(page, url, personas.lineManager, "Laptop");
  await page.goto(`${byName(url)}/`);
  await button(page, "Sign out").click();
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await button(page, "Continue").click();
  await button(page, "Use a passkey instead").click();
  await button(page, "Sign out").waitFor();
});

journey("ten minutes later a decision asks again who it is, keeps what was typed, and takes a passkey or a code", { in: [views.phone] }, async ({ page, url, as, later, view }) => {
  const { measure } = await assessed(as, CUSTOMER);
  await withPasskey(page, url, personas.otherDecisionMaker, "Key ring");
  await later(11 / 1440);
  await page.goto(`${byName(url)}/measures/${measure}/decision`);
  await page.getByRole("radio", { name: /^Approve/ }).check();
  const words = `Every test holds, and he said "I wait".`;
  await page.getByLabel("Your reasons").fill(words);
  await button(page, "Record the decision").click();
  await page.getByRole("heading", { name: "Show that it is you" }).waitFor();
  await accessible(page, "show that it is you");
  await screenshot(page, `show-that-it-is-you-${view.name}`);
  await page.getByLabel("Code").fill("000000");
  await button(page, "Continue").click();
  await page.getByText("The code is not right").first().waitFor();
  await button(page, "Use a passkey instead").click();
  await page.waitForURL(/\/measures\/[^/]+$/);
  assert.ok((await page.locator("main").innerText()).includes(words), "what was typed is what was decided");
});

journey("whoever manages accounts makes a passkey before anything else, and from then on a code opens nothing", { in: [views.phone] }, async ({ page, url, later, view }) => {
  const home = byName(url);
  const persona = personas.administrator;
  await signIn(page, home, persona, Date.now() + 11 * 60_000); // as late as the journey before this one left it
  const held = await device(page);
  await page.goto(`${home}/accounts`);
  assert.equal(await title(page), "Use your passkey");
  await accessible(page, "a passkey to be made");
  await screenshot(page, `passkey-to-be-made-${view.name}`);
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByLabel("Name of the device").fill("Key ring");
  await button(page, "Make a passkey").click();
  await button(page, "Use your passkey").waitFor();
  await accessible(page, "a passkey to be used");
  await screenshot(page, `passkey-to-be-used-${view.name}`);

  // Whoever has one makes no other without it.
  await page.goto(`${home}/account/passkeys`);
  assert.equal(await title(page), "Use your passkey");
  await held.isHolder(false);
  await button(page, "Use your passkey").click();
  await page.getByText("No passkey was used").waitFor();
  await held.isHolder(true);
  await button(page, "Use your passkey").click();
  await page.waitForURL(`${home}/`);
  await page.goto(`${home}/accounts`);
  assert.equal(await title(page), "Accounts");

  // Ten minutes later no code will do for what is grave.
  await later(22 / 1440);
  await page.goto(`${home}/account/passkeys`);
  await button(page, "Remove Key ring").click();
  assert.equal(await title(page), "Show that it is you");
  assert.equal(await page.getByLabel("Code").count(), 0);
  await accessible(page, "show that it is you, by a passkey alone");
  await button(page, "Use your passkey").click();
  await page.getByText("You have no passkey.").waitFor();
});
