import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { readConfig } from "#lib/config.ts";
import { openContext, openRootTools, type Keys } from "#lib/context.ts";
import type { KeySetInput } from "#lib/core/rootKeySet/composeKeySet.ts";
import { Board } from "#lib/edge/Board.ts";
import { createDoor } from "#lib/edge/createDoor.ts";
import { PullBook } from "#lib/edge/PullBook.ts";
import { TokenDesk } from "#lib/edge/TokenDesk.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { publishKeySet } from "#lib/flows/signing/publishKeySet.ts";
import { approved, setStage, quiet } from "#lib/flows/testing/stage.ts";
import type { TestContext } from "#lib/flows/testing/openTestContext.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import { keySetProposal } from "#lib/views/signing/keySetProposal.ts";
import type { Sandbox } from "../sandbox/startSandbox.ts";

export { quiet as good };

/** A real installation on SQLite in a folder of its own, with its machines' door on loopback, under an injected clock. */
export async function openInstallation(sandbox: Sandbox, baseUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-stolen-key-"));
  const env = {
    ...sandbox.env,
    ROLLCALL_DATA_DIR: folder,
    ROLLCALL_BASE_URL: baseUrl,
    ROLLCALL_LOG_LEVEL: "silent",
  };
  const config = readConfig(env, (path) => readFileSync(path, "utf8"));
  const opened = await openContext(config, { process: "worker", withKeys: true });
  let now = Date.now();
  const ctx: TestContext = {
    ...opened,
    keys: opened.keys as Keys,
    logged: [],
    clock: () => now,
    pass: (milliseconds) => void (now += milliseconds),
  };
  await turnSigningKeys(ctx);
  const stage = await setStage(ctx);
  await approved(ctx, stage);

  const board = new Board(ctx);
  const door = createDoor({
    ctx,
    board,
    tokens: new TokenDesk(ctx),
    pulls: new PullBook(ctx),
    others: (_, response) => response.writeHead(404).end(),
  });
  const server = createServer(door);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const tools = openRootTools();
  const passphrase = "a drill, not a ceremony";
  const { sealed, publicJwk: root } = await tools.create(passphrase);

  return {
    ctx,
    audienceId: stage.audienceId,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    root,
    /** What the worker and the web process do by themselves, once. */
    async beat() {
      await turnSigningKeys(ctx);
      await publishDueReleases(ctx);
      await board.refresh();
    },
    /** The whole ceremony: propose here, sign with the root key, publish here. */
    async publishKeySet(asked: Partial<KeySetInput> = {}) {
      const proposal = await keySetProposal(ctx.db, now, { iss: baseUrl, lifetime: 180 * day, ...asked });
      if (!proposal.ok) throw new Error(proposal.faults.join(" "));
      const jws = await tools.sign(await tools.open(sealed, passphrase), proposal.claims);
      return publishKeySet(ctx, systemActor, { jws });
    },
    async close() {
      board.stop();
      server.closeAllConnections();
      server.close();
      await opened.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Installation = Awaited<ReturnType<typeof openInstallation>>;
