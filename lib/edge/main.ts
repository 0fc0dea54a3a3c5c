import { readFileSync } from "node:fs";
import next from "next";
import { ConfigError, readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";
import { issueFirstAdminToken } from "#lib/flows/people/firstAdmin.ts";
import { Board } from "./Board.ts";
import { createDoor } from "./createDoor.ts";
import { createWebServer } from "./createWebServer.ts";
import { PullBook } from "./PullBook.ts";
import { TokenDesk } from "./TokenDesk.ts";

/** The web process: one port, machines first, people through Next. */
async function main(): Promise<void> {
  const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
  const ctx = await openContext(config, { process: "web" });
  (globalThis as { [slot: symbol]: unknown })[Symbol.for("rollcall.context")] = Promise.resolve(ctx);
  const app = next({ dev: false, dir: process.cwd(), hostname: config.host, port: config.port });
  await app.prepare();
  const board = new Board(ctx);
  await board.start();
  const pulls = new PullBook(ctx);
  const flushing = setInterval(() => void pulls.flush(), 1_000);
  const door = createDoor({
    ctx,
    board,
    tokens: new TokenDesk(ctx),
    pulls,
    others: app.getRequestHandler(),
  });
  const server = createWebServer(door);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(config.port, config.host, resolve);
  });
  console.log(`Rollcall is at ${config.baseUrl}`);
  await printFirstAdminLink(ctx);

  const stop = async () => {
    clearInterval(flushing);
    board.stop();
    const answered = new Promise((resolve) => server.close(resolve));
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 2_000).unref();
    // Whoever is being answered still needs the database.
    await answered;
    await pulls.flush();
    await app.close();
    await ctx.close();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
}

async function printFirstAdminLink(ctx: Context): Promise<void> {
  const token = await issueFirstAdminToken(ctx);
  if (token)
    console.log(
      `Create the first administrator (works once, 7 days): ${ctx.config.baseUrl}/setup?token=${token}`,
    );
}

main().catch((error: unknown) => {
  const sentence = error instanceof ConfigError ? error.message : startSentence(error);
  console.error(sentence);
  process.exit(error instanceof ConfigError ? 78 : 1);
});

function startSentence(error: unknown): string {
  const { code, message, stack } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    return "The port is in use by another program. Choose another with PORT=3001 npm start.";
  if (code === "EACCES" || code === "EROFS" || code === "SQLITE_READONLY" || code === "SQLITE_CANTOPEN")
    return `Rollcall cannot write its data: ${message}. Give the account that runs it the right to write there, or set ROLLCALL_DATA_DIR.`;
  return `Rollcall could not start: ${stack ?? message}`;
}
