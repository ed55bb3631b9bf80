/**
 * Whether the page, as it stands now, can be used by everyone a machine can judge for: axe's rules for WCAG 2.2 A and AA with its good
 * practice, a title, and no sideways scroll. What axe cannot decide is written to output/undecided.txt for a person to look at.
 */

import { appendFileSync } from "node:fs";
import axe from "axe-core";
import { output, screenshot, withScripts } from "./browser.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Those of them that depend on how wide the page is; the others judge its elements, which are the same in every width. */
const LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable", "css-orientation-lock", "meta-viewport"];

/**
 * Throws with every rule, place and reason, after saving a screenshot, when anything is found.
 * @param {import("playwright-core").Page} page
 * @param {string} name what the page and its state are called, for the message and the screenshot
 * @param {"every rule" | "layout"} [by] the rules of layout only, where the page as it stands was judged by every rule in another width
 *   in which it shows the same
 */
export async function accessible(page, name, by = "every rule") {
  const { violations, undecided } = await withScripts(page, (page) => axeFindings(page, by));
  const findings = [...violations, ...(await layoutFindings(page))];
  if (undecided.length > 0) {
    appendFileSync(`${output}undecided.txt`, undecided.map((line) => `${name}: ${line}\n`).join(""));
  }
  if (findings.length === 0) return;
  const picture = await screenshot(page, `inaccessible-${name}`);
  throw new Error([`${name} (${page.url()}) is not accessible; see ${picture}`, ...findings].join("\n  "));
}

/** @param {import("playwright-core").Page} page @param {"every rule" | "layout"} by */
async function axeFindings(page, by) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations", "incomplete"] }),
    by === "layout" ? { type: "rule", values: LAYOUT } : { type: "tag", values: RULES },
  );
  return { violations: found.violations.flatMap(lines), undecided: found.incomplete.flatMap(lines) };
}

/** @param {import("axe-core").Result} result */
function lines(result) {
  return result.nodes.map((node) => {
    const why = node.failureSummary?.split("\n").slice(1).map((line) => line.trim()).join("; ");
    return `${result.id} at ${node.target.join(" ")}: ${why ?? result.help}`;
  });
}

/** @param {import("playwright-core").Page} page */
async function layoutFindings(page) {
  const seen = await page.evaluate(() => ({
    title: document.title.trim(),
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    headings: document.querySelectorAll("h1").length,
    enter: [...document.forms].flatMap((form) => {
      const buttons = [...form.elements].filter((element) => element.type === "submit");
      const main = buttons.filter((button) => !button.ariaHidden && !button.classList.contains("govuk-button--secondary"));
      if (buttons.length < 2 || (main.length === 1 && buttons[0].innerText === main[0].innerText)) return [];
      return `${buttons[0].innerText}, where the main buttons are: ${main.map((button) => button.innerText)}`;
    }),
  }));
  const findings = [];
  if (seen.title === "") findings.push("the page has no title");
  if (seen.headings !== 1) findings.push(`the page has ${seen.headings} first-level headings, not one`);
  if (seen.sideways > 0) findings.push(`the page scrolls sideways by ${seen.sideways} px`);
  findings.push(...seen.enter.map((found) => `Enter in a field presses ${found}`));
  return findings;
}
