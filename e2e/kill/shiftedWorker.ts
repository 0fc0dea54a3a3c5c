import { readFileSync } from "node:fs";
import { readConfig } from "#lib/config.ts";
import { openContext } from "#lib/context.ts";
import { startWorker } from "#lib/worker/startWorker.ts";

/** The worker, so many milliseconds in the future: leases run out and second looks fall due without anybody waiting. */
const shift = Number(process.argv[2]);
const config = readConfig(process.env, (path) => readFileSync(path, "utf8"));
const ctx = await openContext(config, { process: "worker", withKeys: true });
await startWorker({ ...ctx, clock: () => Date.now() + shift });
console.log("The worker is running.");
