/** An entry on the register, from the report of it to the letter that tells its customer, by mouse and in as few lines as a journey needs. */

import { approveLetter, assess, decide, send, triage, write } from "./casework.mjs";
import { check } from "./check.mjs";
import { mouse } from "./mouse.mjs";
import { report } from "./report.mjs";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** An entry about a customer that waits for its decision, made by those who make one; gives its references. */
export async function assessed(as, customer) {
  const officer = await as("officer");
  const incident = await report(officer, mouse(officer), undefined, customer);
  const registerTeam = await as("registerTeam");
  const hands = mouse(registerTeam);
  const measure = await triage(registerTeam, hands, incident, customer);
  await assess(registerTeam, hands, measure);
  return { incident, measure, registerTeam, officer };
}

/** An approved entry about a customer who is still to be told. */
export async function approved(as, customer) {
  const { measure, ...made } = await assessed(as, customer);
  const decisionMaker = await as("decisionMaker");
  await decide(decisionMaker, mouse(decisionMaker), measure);
  const other = await as("otherRegisterTeam");
  return { ...made, measure, other, decisionMaker };
}

/** Tells the customer of the decision. */
export async function notify({ measure, registerTeam, other }) {
  await write(registerTeam, mouse(registerTeam), measure);
  await approveLetter(other, mouse(other), measure);
  await send(registerTeam, mouse(registerTeam), measure);
}

/** An entry in force about a customer who was told. */
export async function inForce(as, customer) {
  const entry = await approved(as, customer);
  await notify(entry);
  return entry;
}

/** Whether a check by the officer's own description finds a marker. */
export async function isShown(page, customer) {
  await check(page, mouse(page), { Name: customer.name, Postcode: customer.postcode });
  return (await page.locator(".psr-verdict--marker").count()) === 1;
}

/** Writes, approves and sends a letter that is owed. */
export async function tell(writer, second, measure, occasion, words) {
  const hands = mouse(writer);
  await writer.goto(`/measures/${measure}/letters/${occasion}`);
  await hands.type(writer.locator("#explanation"), words);
  await hands.press(button(writer, "Save and read the letter"));
  await second.goto(`/measures/${measure}/letters/${occasion}`);
  await mouse(second).press(button(second, "Approve the letter"));
  await writer.goto(`/measures/${measure}/letters/${occasion}`);
  await hands.choose(writer.getByRole("radio", { name: "By post" }));
  await hands.press(button(writer, "Record that it was sent"));
}
