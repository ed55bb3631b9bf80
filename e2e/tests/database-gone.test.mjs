/**
 * The register lies in a database on another machine, and that is gone: whoever is signed in is still warned of what is known, nobody reads an
 * all-clear, nobody is let in, and when the database is there again the looks of that hour are in the access log.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { accessible } from "../lib/accessible.mjs";
import { closeBrowser, look, screenshot, views } from "../lib/browser.mjs";
import { officerAtTheDoor } from "../lib/outage.mjs";
import { personas, signIn } from "../lib/personas.mjs";
import { startPostgres } from "../lib/postgres.mjs";
import { program, startRegister } from "../lib/program.mjs";

let database;
let register;
before(async () => {
  database = await startPostgres();
  register = await startRegister(async (_, folder) => {
    execFileSync(program, ["move", "--data", join(folder, "demo"), "--to", database.url]);
    return { PSR_DATABASE__URL: database.url };
  });
});
after(async () => {
  await closeBrowser();
  await register?.stop();
  await database?.stop();
});

const health = async () => (await fetch(`${register.url}/health`)).json();

test("while the database is gone whoever is signed in is warned, and nobody is cleared or let in", async () => {
  const officer = await officerAtTheDoor(register.url);
  const { page } = officer;

  database.goes();
  await officer.isWarned();
  await accessible(page, "warned while the database is gone");
  await screenshot(page, "database-gone");
  await officer.isNotCleared();
  assert.deepEqual(await health(), { ready: true, written: false });

  const stranger = await look(views.desktop, { baseURL: register.url });
  const door = await stranger.newPage();
  await door.goto("/sign-in");
  await door.getByLabel("Email address").fill(personas.auditor.email);
  await door.getByLabel("Password", { exact: true }).fill(personas.auditor.password);
  await door.getByRole("button", { name: "Continue" }).click();
  assert.match(await door.getByRole("main").innerText(), /at the moment/);
  await accessible(door, "no sign-in while the database is gone");

  database.returns();
  const deadline = Date.now() + 30_000;
  while (!(await health()).written && Date.now() < deadline) await pause(500);
  assert.deepEqual(await health(), { ready: true, written: true });
  await officer.isAnsweredAgain();

  await signIn(door, register.url, personas.auditor);
  await door.goto("/access-log");
  assert.equal(await door.getByText("answered from memory").count(), 2);
  await stranger.close();
});
