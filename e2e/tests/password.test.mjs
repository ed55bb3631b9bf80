/** A password that is changed by whoever has it: with the present one, pasted or typed, and the old one is good no more. */

import assert from "node:assert/strict";
import { accessible } from "../lib/accessible.mjs";
import { screenshot, views } from "../lib/browser.mjs";
import { journeys } from "../lib/journey.mjs";
import { personas, signIn } from "../lib/personas.mjs";

const journey = journeys();
const { desktop, phone, scriptless } = views;

const people = { desktop: personas.officer, phone: personas.contractor, scriptless: personas.lineManager };

journey("somebody changes their password and signs in with the new one alone", { in: [desktop, phone, scriptless] }, async ({ page, url, view }) => {
  const persona = people[view.name];
  const password = "thimble orbit lantern";
  const button = (name) => page.getByRole("button", { name, exact: true });
  const present = page.getByLabel("Password you have now", { exact: true });
  const fresh = page.getByLabel("New password", { exact: true });
  await signIn(page, url, persona);
  await page.goto(`${url}/account`);
  await page.getByRole("link", { name: "Change your password" }).click();
  await accessible(page, `password-${view.name}`);
  await screenshot(page, `password-${view.name}`);

  await present.fill("not the one I have");
  await fresh.fill(password);
  await button("Save password").click();
  await page.getByRole("link", { name: "The password you have now is not right" }).waitFor();
  assert.equal(await fresh.inputValue(), "", "no password is sent back");
  await accessible(page, `password-wrong-${view.name}`);

  await present.fill(persona.password);
  await fresh.fill(password);
  await button("Save password").click();
  await page.getByText("Your password is saved").waitFor();
  await accessible(page, `password-saved-${view.name}`);
  await button("Sign out").click();

  const signs = async (typed) => {
    await page.getByLabel("Email address").fill(persona.email);
    await page.getByLabel("Password", { exact: true }).fill(typed);
    await button("Continue").click();
  };
  await signs(persona.password);
  await page.getByRole("link", { name: "The email address or password is not right" }).waitFor();
  await signs(password);
  await page.getByRole("heading", { name: "Enter your code" }).waitFor();
});
