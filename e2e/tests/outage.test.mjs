/**
 * The disk that the register lies on is full: who checks is still warned of what is known, nobody reads an all-clear, nothing else is said to be
 * saved, and when there is room again the looks of that hour are in the access log. On a file system of its own, so it wants root.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { closeBrowser, look, views } from "../lib/browser.mjs";
import { officerAtTheDoor } from "../lib/outage.mjs";
import { personas, signIn } from "../lib/personas.mjs";
import { startRegister } from "../lib/program.mjs";

const isRoot = process.getuid?.() === 0;
let place;
let register;
before(async () => {
  if (!isRoot) return;
  place = await mkdtemp(join(tmpdir(), "psr-small-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=96m", "psr", place]);
  register = await startRegister(undefined, place);
});
after(async () => {
  await closeBrowser();
  await register?.stop();
  if (place) execFileSync("umount", ["-l", place]);
  if (place) await rm(place, { recursive: true, force: true });
});

/** Fills what is left of the disk. */
async function fill() {
  const { bavail, bsize } = statfsSync(place);
  await writeFile(join(place, "ballast"), Buffer.alloc(Math.max(0, bavail * bsize - 64 * 1024), 1)).catch(() => undefined);
  for (let number = 0; number < 64; number += 1) await writeFile(join(place, `sand-${number}`), Buffer.alloc(4096, 1)).catch(() => undefined);
}

const health = async () => (await fetch(`${register.url}/health`)).json();

test("with a full disk a check warns and never clears, and its look is in the log afterwards", { skip: !isRoot && "wants root" }, async () => {
  const officer = await officerAtTheDoor(register.url);
  const { page, hands, said } = officer;
  assert.deepEqual(await health(), { ready: true, written: true });

  await fill();
  await officer.isWarned();
  assert.match(await said(), /As of .* Kept as [0-9A-F]{4}-[0-9A-F]{4}/);
  assert.deepEqual(await health(), { ready: true, written: false });
  await officer.isNotCleared();
  assert.match(await said(), /Cannot say/);
  // What is not a check says that it was not done.
  await page.goto("/incidents/new");
  await hands.choose(page.getByRole("radio", { name: /^No/ }).first());
  await hands.press(page.getByRole("button", { name: "Continue" }));
  assert.match(await said(), /Nothing can be saved at the moment/);

  await rm(join(place, "ballast"), { force: true });
  const deadline = Date.now() + 20_000;
  while (!(await health()).written && Date.now() < deadline) await pause(500);
  assert.deepEqual(await health(), { ready: true, written: true });
  // What was typed is still there, and goes on from where it was.
  await hands.press(page.getByRole("button", { name: "Send it again" }));
  assert.match(new URL(page.url()).pathname, /^\/incidents\/new\/[0-9a-f]+\//);
  await officer.isAnsweredAgain();

  const auditor = await look(views.desktop, { baseURL: register.url });
  const log = await auditor.newPage();
  await signIn(log, register.url, personas.auditor);
  await log.goto("/access-log");
  assert.equal(await log.getByText("answered from memory").count(), 2);
  await auditor.close();
});
