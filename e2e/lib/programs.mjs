/** Programs that ask beside the pages: let in from the command line of a register that is not served meanwhile, as whoever runs the machine does. */

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { program } from "./program.mjs";

/**
 * A program that was let in.
 * @typedef {{ client: string, secret: string }} LetIn
 */

/**
 * Lets a program in; the register must be served again before it knows.
 * @param {string} folder of the register @param {"system" | "directory"} role @param {string} team @returns {Promise<LetIn>}
 */
export async function letIn(folder, role, team) {
  const words = ["user", "add", "--data", join(folder, "demo"), "--json", "--role", role, "--team", team];
  words.push("--name", `The ${role} of ${team}`, "--email", `${role}.${team.replace(/\W/g, "")}@programs.example`.toLowerCase());
  const { stdout } = await promisify(execFile)(program, words);
  const { account, invitation } = JSON.parse(stdout);
  return { client: account, secret: invitation };
}

/** A token for everything that a program may. @param {string} url @param {LetIn} letIn @returns {Promise<string>} */
export async function tokenOf(url, { client, secret }) {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: client, client_secret: secret });
  const answer = await fetch(`${url}/api/v1/token`, { method: "POST", body });
  if (!answer.ok) throw new Error(`no token for ${client}: ${await answer.text()}`);
  return (await answer.json()).access_token;
}
