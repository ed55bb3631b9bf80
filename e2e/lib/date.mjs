/**
 * Types a day into the three parts of a date.
 * @param {ReturnType<typeof import("./mouse.mjs").mouse>} hands mouse or keyboard
 * @param {import("playwright-core").Page | import("playwright-core").Locator} within what holds one date
 * @param {Date} day
 */
export async function typeDate(hands, within, day) {
  const field = (name) => within.getByRole("textbox", { name });
  await hands.type(field("Day"), String(day.getDate()));
  await hands.type(field("Month"), String(day.getMonth() + 1));
  await hands.type(field("Year"), String(day.getFullYear()));
}
