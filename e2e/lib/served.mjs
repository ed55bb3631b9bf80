/** A web server for the tests of the harness itself; journeys use the program (program.mjs). */

import { createServer } from "node:http";

/**
 * Serves on a free port of this machine and resolves to where; closes with `stop`.
 * @param {import("node:http").RequestListener} answer
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export function serve(answer) {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const stop = () => {
        server.close();
        server.closeAllConnections();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}`, stop });
    });
  });
}
