/**
 * Makes the pictures of the README from the running program, so that they show what is there: `npm --prefix e2e run pictures`.
 * The program is the one that the journeys use; nothing in the pictures is real.
 */

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { closeBrowser, look, views } from "./lib/browser.mjs";
import { check } from "./lib/check.mjs";
import { mouse } from "./lib/mouse.mjs";
import { personas, signIn } from "./lib/personas.mjs";
import { startRegister } from "./lib/program.mjs";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
mkdirSync(folder, { recursive: true });

const register = await startRegister();
try {
  const context = await look(views.phone, { baseURL: register.url, deviceScaleFactor: 1.5 });
  const page = await context.newPage();
  await signIn(page, register.url, personas.member);
  await check(page, mouse(page), { Name: "Shavon Mcguire Okafor", Address: "flat 2, 9 Tannery Row" });
  await page.screenshot({ path: `${folder}check.png` });
} finally {
  await closeBrowser();
  await register.stop();
}
