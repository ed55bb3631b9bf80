/** Asking before contact. */

import { typeDate } from "./date.mjs";

/**
 * Asks with what is typed into the named fields, and waits for the answer.
 * @param {import("playwright-core").Page} page signed in as somebody who may check
 * @param {ReturnType<typeof import("./mouse.mjs").mouse>} hands mouse or keyboard
 * @param {Record<string, string>} typed by label
 * @param {RegExp} [purpose] the purpose chosen instead of the visit today that the page begins with
 * @param {Date} [day] of the visit, instead of today
 */
export async function check(page, hands, typed, purpose, day) {
  await page.goto("/check");
  if (day) await typeDate(hands, page, day);
  if (purpose) await hands.choose(page.getByRole("radio", { name: purpose }).first());
  for (const [label, text] of Object.entries(typed)) {
    await hands.type(page.getByLabel(label, { exact: true }), text);
  }
  await hands.press(page.getByRole("button", { name: "Check", exact: true }));
}
