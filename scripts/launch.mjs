#!/usr/bin/env node
// Every npm script comes through here, on whatever Node the machine has: Node built-ins only, nothing newer than Node 18.
import { chdir } from "node:process";
import { isNodeRecentEnough, localNode } from "./localNode.mjs";
import { stopWhenOrphaned } from "./orphan.mjs";
import { root } from "./root.mjs";
import { passThrough } from "./run.mjs";
import { StepFailed } from "./step.mjs";

// Paths on the command line are meant from where the person stands; npm says where that is, and so do we.
process.env.INIT_CWD ??= process.cwd();
chdir(root);
const [command = "help", ...rest] = process.argv.slice(2);
const args = rest[0] === "--" ? rest.slice(1) : rest;

const commands = {
  start: () => import("./start.mjs").then((it) => it.start(args)),
  dev: () => import("./dev.mjs").then((it) => it.dev(args)),
  build: () => import("./build.mjs").then((it) => it.build()),
  test: () => import("./test.mjs").then((it) => it.test(args)),
  check: () => import("./check.mjs").then((it) => it.check(args)),
  rollcall: () => import("./rollcall.mjs").then((it) => it.rollcall(args)),
  bench: () => import("./bench.mjs").then((it) => it.bench(args)),
  e2e: () => import("./e2e.mjs").then((it) => it.e2e(args)),
  migrations: () => import("./tasks.mjs").then((it) => it.migrations()),
  format: () => import("./tasks.mjs").then((it) => it.format()),
  node: () => import("./tasks.mjs").then((it) => it.node(args)),
};

if (!Object.hasOwn(commands, command)) {
  console.error(`usage: node scripts/launch.mjs ${Object.keys(commands).join("|")} [arguments]`);
  process.exit(2);
}

stopWhenOrphaned();
try {
  if (isNodeRecentEnough(process.versions.node)) {
    const { ensurePackages } = await import("./packages.mjs");
    await ensurePackages();
    process.exitCode = await commands[command]();
  } else {
    process.exitCode = await passThrough(await localNode(), process.argv.slice(1));
  }
} catch (error) {
  console.error(error instanceof StepFailed ? error.message : error);
  if (command === "test") console.log("0 passed, 1 failed");
  process.exitCode = 1;
}
