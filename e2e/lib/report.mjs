/** Reporting an incident, page by page, as the reporter reads it. */

import { typeDate } from "./date.mjs";

/** A person who was never in the register: nothing about him is real, and his name is one that people spell as they hear it. */
export const incident = Object.freeze({
  name: "Fearghal Mac Eochaidh-Quillan",
  address: "17 Saltmarsh Row, Marlham, WV7 3QD",
  what: "He shouted from the gate, picked up a spade and came towards me. I drove away and rang the office.",
  likely: "Housing Repairs on Thursday, and the ward councillor.",
});

/**
 * Walks a report from its first question to its reference, and returns the reference.
 * @param {import("playwright-core").Page} page signed in as somebody who may report
 * @param {ReturnType<typeof import("./mouse.mjs").mouse>} hands mouse or keyboard
 * @param {(name: string) => Promise<void>} [atEach] called on each page before it is answered
 * @param {{ name: string, address: string }} [about] who is reported
 */
export async function report(page, hands, atEach = async () => {}, about = incident) {
  await page.goto("/incidents/new");
  await answer(page, hands, atEach, about);
  await atEach("check your answers");
  await hands.press(page.getByRole("button", { name: "Send report" }));
  await atEach("report sent");
  return (await page.locator(".govuk-panel strong").innerText()).trim();
}

/**
 * Answers every question from the first on, as far as "Check your answers".
 * @param {import("playwright-core").Page} page
 * @param {ReturnType<typeof import("./mouse.mjs").mouse>} hands
 * @param {(name: string) => Promise<void>} [atEach]
 * @param {{ name: string, address: string }} [about]
 */
export async function answer(page, hands, atEach = async () => {}, about = incident) {
  const field = (name) => page.getByRole("textbox", { name });
  const choice = (name) => page.getByRole("radio", { name });
  const onward = () => hands.press(page.getByRole("button", { name: /^(Continue|Save and continue)$/ }));
  const yesterday = new Date(Date.now() - 86_400_000);

  await atEach("danger");
  await hands.choose(choice("No").first());
  await onward();
  await atEach("when");
  await typeDate(hands, page, yesterday);
  await hands.choose(choice("In person on a home visit"));
  await hands.type(field("Where"), about.address);
  await onward();
  await atEach("who");
  await hands.type(field("Name"), about.name);
  // Where addresses are suggested it is a combobox and no textbox.
  await hands.type(page.getByLabel("Address (optional)"), about.address);
  await hands.choose(choice(/^Certain/));
  await hands.type(field("How do you know?"), "He gave his name, and the tenancy is in it.");
  await onward();
  await atEach("what");
  await hands.type(field("In your own words"), incident.what);
  await hands.choose(page.getByRole("checkbox", { name: /threat/i }).first());
  await onward();
  await atEach("harm");
  await hands.choose(choice("Nobody was hurt"));
  await hands.choose(choice("Not told"));
  await onward();
  await atEach("needs");
  await hands.choose(choice("None that I know of"));
  await onward();
  await atEach("contact");
  await hands.type(field("Teams or people who will have contact with them"), incident.likely);
  await onward();
  await atEach("evidence");
  await onward();
  await atEach("you");
  await hands.choose(choice("I saw, heard or received it myself"));
  await hands.choose(choice("No special protection"));
  await onward();
}
