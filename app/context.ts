import { readFileSync } from "node:fs";
import { readConfig } from "#lib/config.ts";
import { openContext, type Context } from "#lib/context.ts";

const slot = Symbol.for("rollcall.context");
const globals = globalThis as { [slot]?: Promise<Context> };

/** The process's one context: made by the machines' door, or here when Next runs on its own in development. */
export function context(): Promise<Context> {
  return (globals[slot] ??= openContext(
    readConfig(process.env, (path) => readFileSync(path, "utf8")),
    { process: "web" },
  ));
}
