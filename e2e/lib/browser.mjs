/**
 * One Chromium for a run, and the ways people look at the pages: by phone, in a narrow column, at a desk, without JavaScript.
 * No browser is ever fetched: Debian's is used, or the one that E2E_CHROMIUM names.
 */

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** Where screenshots and findings go; not in git. */
export const output = fileURLToPath(new URL("../output/", import.meta.url));
mkdirSync(output, { recursive: true });

/**
 * How a person looks at a page.
 * @typedef {{ name: string, width: number, height: number, script: "on" | "off" }} View
 */

/** @type {Readonly<Record<"desktop" | "phone" | "narrow" | "scriptless", View>>} */
export const views = Object.freeze({
  desktop: { name: "desktop", width: 1280, height: 900, script: "on" },
  phone: { name: "phone", width: 390, height: 844, script: "on" },
  /** Also what 1,280 px wide at 400 % zoom comes to. */
  narrow: { name: "narrow", width: 320, height: 640, script: "on" },
  scriptless: { name: "scriptless", width: 1280, height: 900, script: "off" },
});

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let running;

/** The browser of this test file, started when first asked for. */
export function browser() {
  running ??= chromium.launch({
    executablePath: process.env.E2E_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return running;
}

export async function closeBrowser() {
  await (await running)?.close();
  running = undefined;
}

/**
 * A fresh browser profile that looks in the given way. Waits are short on purpose: the program answers in milliseconds.
 * @param {View} view
 * @param {import("playwright-core").BrowserContextOptions} [more]
 */
export async function look(view, more = {}) {
  const context = await (await browser()).newContext({
    viewport: { width: view.width, height: view.height },
    javaScriptEnabled: view.script === "on",
    locale: "en-GB",
    timezoneId: "Europe/London",
    reducedMotion: "reduce",
    ...more,
  });
  context.setDefaultTimeout(10_000);
  seenIn.set(context, view);
  return context;
}

/** @type {WeakMap<import("playwright-core").BrowserContext, View>} */
const seenIn = new WeakMap();

/**
 * The page as it stands, where scripts can run over it. Without JavaScript the browser runs no tool's script to its end either, so such a
 * page is copied, as it stands and without its own scripts, to a twin of the same size; the copy is closed afterwards.
 * @template T
 * @param {import("playwright-core").Page} page
 * @param {(page: import("playwright-core").Page) => Promise<T>} use
 * @returns {Promise<T>}
 */
export async function withScripts(page, use) {
  const view = seenIn.get(page.context());
  if (view?.script !== "off") return use(page);
  const twin = await look({ ...view, script: "on" }, { storageState: await page.context().storageState() });
  try {
    const copy = await twin.newPage();
    const body = await page.content();
    await twin.route("**", (route, request) => {
      if (request.resourceType() === "script") return route.abort();
      return request.isNavigationRequest() ? route.fulfill({ body, contentType: "text/html" }) : route.fallback();
    });
    await copy.goto(page.url());
    return await use(copy);
  } finally {
    await twin.close();
  }
}

/**
 * Saves the whole page as e2e/output/NAME.png and returns the path.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
  const path = `${output}${name.replace(/[^\w.-]+/g, "-")}.png`;
  const take = () => page.screenshot({ path, fullPage: true, animations: "disabled" });
  // On a busy machine the browser now and then has no frame to give: that is its matter, and asked again it has one.
  await take().catch((error) => (error.message.includes("Unable to capture screenshot") ? take() : Promise.reject(error)));
  return path;
}
