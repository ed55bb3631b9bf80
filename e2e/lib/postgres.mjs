/** A PostgreSQL server of Debian's package, on this machine and for one file of journeys, that can go away and come back. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const isRoot = process.getuid?.() === 0;

/** One of its programs, run as whoever may: it does not serve for the superuser of the machine. @param {string} name @param {string[]} words */
function run(name, ...words) {
  const versions = readdirSync("/usr/lib/postgresql").sort((one, other) => Number(one) - Number(other));
  const program = `/usr/lib/postgresql/${versions.at(-1)}/bin/${name}`;
  const as = isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", program] : [program];
  execFileSync(as[0], [...as.slice(1), ...words], { stdio: "ignore" });
}

/** Starts one with an empty database. */
export async function startPostgres() {
  const place = await mkdtemp(join(tmpdir(), "psr-e2e-postgres-"));
  chmodSync(place, 0o755);
  const [data, socket] = ["data", "socket"].map((name) => join(place, name));
  for (const folder of [data, socket]) {
    mkdirSync(folder, { mode: 0o700 });
    if (isRoot) execFileSync("chown", ["postgres:postgres", folder]);
  }
  run("initdb", "-U", "psr", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", data);
  const start = () => run("pg_ctl", "-D", data, "start", "-w", "-l", join(data, "log"), "-o", `-k ${socket} -c listen_addresses=`);
  const goes = () => run("pg_ctl", "-D", data, "stop", "-m", "immediate");
  start();
  return {
    /** As the program takes it. */
    url: `host=${socket} user=psr dbname=postgres`,
    /** It is gone, as by a power cut. */
    goes,
    /** It is there again. */
    returns: start,
    stop: async () => {
      try {
        goes();
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}
