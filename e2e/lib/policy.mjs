/** A change of the policy, step by step, as those who make it read it. */

import { typeDate } from "./date.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {ReturnType<typeof import("./mouse.mjs").mouse>} Hands mouse or keyboard */

const button = (page, name) => page.getByRole("button", { name, exact: true });

const date = (page, name) => page.getByRole("group", { name });

/**
 * Proposes another life of interim markers from today on.
 * @param {Page} page of the customer services manager @param {Hands} hands @param {string} days @param {(name: string) => Promise<void>} [atEach]
 */
export async function proposeInterim(page, hands, days, atEach = async () => {}) {
  await page.goto("/policy");
  await hands.press(page.getByRole("button", { name: "Propose a change" }));
  await atEach("propose a change of the policy");
  await hands.type(page.getByLabel("Why is it to change?"), "Ten working days were more than any case needed.");
  await typeDate(hands, date(page, "From which day is it to be in force?"), new Date());
  await page.getByLabel("Life of an interim marker, in working days").fill("");
  await hands.type(page.getByLabel("Life of an interim marker, in working days"), days);
  await hands.press(button(page, "Propose this change"));
  await atEach("change of the policy, proposed");
}

/** Logs that the unions were consulted. @param {Page} page @param {Hands} hands */
export async function consult(page, hands) {
  await page.goto("/policy/proposal");
  await hands.pick(page.getByLabel("Who was consulted?"), "Trade unions or the staff forum");
  await typeDate(hands, date(page, "When?"), new Date());
  await hands.type(page.getByLabel("What did they say, and what came of it?"), "Both branches agree.");
  await hands.press(button(page, "Log the consultation"));
}

/** Endorses the change. @param {Page} page of the Cabinet member @param {Hands} hands */
export async function endorse(page, hands) {
  await page.goto("/policy/proposal");
  await hands.type(page.getByLabel("Why do you endorse it?"), "It is fair to both sides.");
  await hands.press(button(page, "Endorse the change"));
}

/** Rejects the change. @param {Page} page of the Cabinet member @param {Hands} hands */
export async function reject(page, hands) {
  await page.goto("/policy/proposal");
  await hands.type(page.getByLabel("Why do you reject it?"), "It is too soon.");
  await hands.press(button(page, "Reject the change"));
}
