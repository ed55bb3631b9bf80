/**
 * What a file of journeys is written with: the program is started before the first and stopped after the last, each journey gets a page
 * of its own, signed in as somebody and seen in some way, and leaves a picture behind when it fails.
 */

import { after, before, test } from "node:test";
import { closeBrowser, look, screenshot, views } from "./browser.mjs";
import { personas, signIn } from "./personas.mjs";
import { startRegister } from "./program.mjs";

/**
 * @typedef {{
 *   page: import("playwright-core").Page,
 *   url: string,
 *   view: import("./browser.mjs").View,
 *   as: (persona: string) => Promise<import("playwright-core").Page>,
 *   later: (days: number) => Promise<void>,
 *   verify: () => Promise<string>,
 * }} Scene
 */

const DAY = 86_400_000;

/**
 * Declares the journeys of a file:
 *
 *     const journey = journeys();
 *     journey("an officer checks before a visit", { as: "officer", in: [views.phone, views.scriptless] }, async ({ page }) => { ... });
 *
 * `as` in the scene gives the page of another person in the same journey. `later` stops the program and starts it so many days after the
 * real day: everybody signs in anew. `verify` gives what `psr verify` says of the register.
 * @param {import("./program.mjs").Settings} [settings] of the program
 */
export function journeys(settings) {
  /** @type {import("./program.mjs").Running} */
  let register;
  /** @type {Map<string, object>} */
  const sessions = new Map();
  let days = 0;

  before(async () => {
    register = await startRegister(settings);
  });
  after(async () => {
    await closeBrowser();
    await register?.stop();
  });

  /** @param {string} persona @param {import("./browser.mjs").View} view */
  async function pageOf(persona, view) {
    if (!sessions.has(persona)) {
      const first = await look(views.desktop);
      await signIn(await first.newPage(), register.url, personas[persona], Date.now() + days * DAY);
      sessions.set(persona, await first.storageState());
      await first.close();
    }
    const context = await look(view, { storageState: sessions.get(persona), baseURL: register.url });
    return context.newPage();
  }

  async function later(after) {
    register = await register.later(after);
    days = after;
    sessions.clear();
  }

  /**
   * @param {string} name a sentence about what somebody does
   * @param {{ as?: string, in?: import("./browser.mjs").View[] }} how nobody signed in and a desktop unless said otherwise
   * @param {(scene: Scene) => Promise<void>} walk
   */
  return function journey(name, how, walk) {
    for (const view of how.in ?? [views.desktop]) {
      test(`${name} (${view.name})`, async () => {
        /** @type {import("playwright-core").Page[]} */
        const pages = [];
        const open = async (persona) => {
          const page = persona
            ? await pageOf(persona, view)
            : await (await look(view, { baseURL: register.url })).newPage();
          pages.push(page);
          return page;
        };
        try {
          const page = await open(how.as);
          await walk({ page, url: register.url, view, as: open, later, verify: () => register.verify() });
        } catch (error) {
          for (const [index, page] of pages.entries()) {
            error.message += `\n  picture: ${await screenshot(page, `failed-${name}-${view.name}-${index}`)}`;
          }
          throw error;
        } finally {
          for (const page of pages) await page.context().close();
        }
      });
    }
  };
}
