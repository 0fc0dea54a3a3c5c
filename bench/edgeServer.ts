import { mkdtempSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#lib/config.ts";
import { openContext } from "#lib/context.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { Board } from "#lib/edge/Board.ts";
import { createDoor } from "#lib/edge/createDoor.ts";
import { PullBook } from "#lib/edge/PullBook.ts";
import { TokenDesk } from "#lib/edge/TokenDesk.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";

/** The machines' door over a real database, or the least that node:http can answer: `edge` or `bare`. */
const listener = process.argv[2] === "edge" ? await edge() : bare();
const server = createServer(listener).listen(0, "127.0.0.1", () =>
  process.send?.({ port: (server.address() as AddressInfo).port }),
);
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.on("disconnect", () => process.exit(0));

function bare(): RequestListener {
  const headers = { "cache-control": "public, max-age=5", etag: '"1"' };
  return (_request, response) => {
    response.writeHead(304, headers);
    response.end();
  };
}

async function edge(): Promise<RequestListener> {
  const config = readConfig(
    { ROLLCALL_DATA_DIR: mkdtempSync(join(tmpdir(), "rollcall-bench-")), ROLLCALL_LOG_LEVEL: "error" },
    () => "",
  );
  const ctx = await openContext(config, { process: "worker", withKeys: true });
  await turnSigningKeys(ctx);
  await createAudience(ctx, systemActor, { slug: "prod", name: "Bench", isPrivate: false });
  await publishDueReleases(ctx);
  const board = new Board(ctx);
  await board.start();
  const others: RequestListener = (_request, response) => response.writeHead(404).end();
  return createDoor({ ctx, board, tokens: new TokenDesk(ctx), pulls: new PullBook(ctx), others });
}
