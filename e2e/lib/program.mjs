/**
 * The program itself, serving a demonstration register of its own in a folder that is thrown away afterwards. The register is made once
 * a program and day, and copied: its history of three years takes longer to write than a journey to walk.
 */

import { execFile, spawn } from "node:child_process";
import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { output } from "./browser.mjs";

const READY_MILLISECONDS = 120_000;

/** The built program: E2E_PROGRAM, or what `cargo build` leaves. */
export const program = process.env.E2E_PROGRAM ?? fileURLToPath(new URL("../../target/debug/psr", import.meta.url));

/** Debian's libfaketime, which makes a program believe that it is another day; the program itself has no setting for that. */
const FAKETIME = `/usr/lib/${{ arm64: "aarch64" }[process.arch] ?? "x86_64"}-linux-gnu/faketime/libfaketimeMT.so.1`;

/**
 * A register that is being served.
 * @typedef {{
 *   url: string,
 *   folder: string,
 *   said: () => string,
 *   stop: () => Promise<void>,
 *   later: (days: number) => Promise<Running>,
 *   verify: () => Promise<string>,
 * }} Running `later` stops it and serves the same register again, so many days after the real day; `verify` says what `psr verify` does.
 */

/** The demonstration register that this program makes today; only ever copied. `npm test` makes it before files are run side by side. */
export async function demonstration() {
  const { mtimeMs, size } = await stat(program);
  const kept = join(output, `demonstration-${new Date().toISOString().slice(0, 10)}-${size}-${Math.round(mtimeMs)}`);
  if (await stat(kept).catch(() => undefined)) return kept;
  const made = await mkdtemp(join(output, "making-"));
  await promisify(execFile)(program, ["demo", "--data", made, "--only-make"], { env: withoutSettings(process.env) });
  // Another file of tests may have made it meanwhile: both are the same.
  await rename(made, kept).catch(async (error) => {
    await rm(made, { recursive: true, force: true });
    if (!(await stat(kept).catch(() => undefined))) throw error;
  });
  return kept;
}

/**
 * Settings of the program by the names of their variables, for a register at this address with this folder of its own.
 * @typedef {(url: string, folder: string) => Promise<Record<string, string>>} Settings
 */

/**
 * Serves a fresh demonstration register; resolves when it answers.
 * @param {Settings} [settings] none of its own unless given
 * @param {string} [disk] where its folder is made
 * @returns {Promise<Running>}
 */
export async function startRegister(settings = async () => ({}), disk = tmpdir()) {
  const folder = await mkdtemp(join(disk, "psr-e2e-"));
  await cp(await demonstration(), join(folder, "demo"), { recursive: true });
  const port = await freePort();
  return serve(folder, port, 0, await settings(`http://127.0.0.1:${port}`, folder));
}

/**
 * Serves the register that lies in a folder.
 * @param {string} folder @param {number} port @param {number} days after the real day @param {Record<string, string>} settings
 * @returns {Promise<Running>}
 */
async function serve(folder, port, days, settings) {
  const address = `127.0.0.1:${port}`;
  const data = join(folder, "demo");
  const child = spawn(program, ["demo", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...withoutSettings(process.env), ...(await at(days)), ...settings, PSR_LISTEN: address },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => {
    child.on("exit", (code) => resolve(`it stopped with exit code ${code}`));
    child.on("error", (error) => resolve(`it could not be started: ${error.message}`));
  });

  const end = async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(5_000).then(() => child.kill("SIGKILL"))]);
  };
  const stop = async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  const later = async (days) => {
    await end();
    return serve(folder, port, days, settings);
  };
  const verify = async () => {
    const { stdout } = await promisify(execFile)(program, ["verify", "--data", data], { env: withoutSettings(process.env) });
    return stdout;
  };

  const url = `http://${address}`;
  const late = pause(READY_MILLISECONDS, "it did not answer /health in time", { ref: false });
  const fault = await Promise.race([ended, late, answers(`${url}/health`)]);
  if (fault) {
    await stop();
    throw new Error(`${program}: ${fault}. It said:\n${said}`);
  }
  return { url, folder, said: () => said, stop, later, verify };
}

/** What makes a program believe that it is so many days later; its waits are those of the real clock. @param {number} days */
async function at(days) {
  if (days === 0) return {};
  await stat(FAKETIME);
  return { LD_PRELOAD: FAKETIME, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}

/** What the program is started with: this shell's environment, but none of somebody's own settings. @param {NodeJS.ProcessEnv} all */
function withoutSettings(all) {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith("PSR_")));
}

/** Resolves to nothing as soon as the address answers well. @param {string} url */
async function answers(url) {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await pause(50);
  }
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
