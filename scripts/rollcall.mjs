import { bundle } from "./bundle.mjs";
import { environment } from "./localNode.mjs";
import { passThrough } from "./run.mjs";

/** The `rollcall` command: stdin and stdout belong to it alone, its exit code is ours. */
export async function rollcall(args) {
  await bundle("rollcall");
  return passThrough(process.execPath, ["--enable-source-maps", "dist/rollcall.mjs", ...args], {
    // Data and configuration are Rollcall's own; files on the command line are the caller's.
    env: { ...environment(), LAUNCHED_FROM: process.env.INIT_CWD },
  });
}
