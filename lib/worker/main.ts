import { readFileSync } from "node:fs";
import { ConfigError, readConfig } from "#lib/config.ts";
import { openContext } from "#lib/context.ts";
import { startWorker } from "./startWorker.ts";

/** The worker process: it alone holds the key-encryption key, so only it can sign. */
async function main(): Promise<void> {
  const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
  const ctx = await openContext(config, { process: "worker", withKeys: true });
  for (const warning of ctx.keys?.warnings ?? []) console.warn(warning);
  const worker = await startWorker(ctx);
  const stop = async () => {
    await worker.stop();
    await ctx.close();
    process.exit(0);
  };
  process.once("SIGTERM", () => void stop());
  process.once("SIGINT", () => void stop());
  console.log("The worker is running.");
}

main().catch((error: unknown) => {
  console.error(
    error instanceof ConfigError ? error.message : `The worker could not start: ${(error as Error).message}`,
  );
  process.exit(error instanceof ConfigError ? 78 : 1);
});
