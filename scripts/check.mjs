import { environment } from "./localNode.mjs";
import { capture } from "./run.mjs";
import { elapsed } from "./step.mjs";

const node = (...args) => [process.execPath, ...args];
const parts = {
  types: [
    node("tools/routeTypes.ts"),
    node("node_modules/typescript/bin/tsc", "--noEmit", "--incremental", "--pretty", "-p", "."),
  ],
  lint: [node("node_modules/oxlint/bin/oxlint", "--type-aware", "--deny-warnings")],
  walls: [node("tools/walls.ts")],
  format: [node("node_modules/prettier/bin/prettier.cjs", "--check", "--cache", "--log-level", "warn", ".")],
  lock: [node("tools/lockFile.ts")],
  migrations: [node("tools/migrationsInStep.ts")],
};

/** All that can be said about the code without running it: seconds, no database. `only` names the parts to look at. */
export async function check(only = []) {
  const unknown = only.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    console.error(`check knows ${Object.keys(parts).join(", ")}; not ${unknown.join(", ")}`);
    return 2;
  }
  const since = Date.now();
  const names = Object.keys(parts).filter((name) => only.length === 0 || only.includes(name));
  const results = await Promise.all(names.map((name) => runPart(name)));
  const failed = names.filter((_, index) => !results[index]);
  if (failed.length > 0) console.error(`check: ${failed.join(", ")} failed (${elapsed(since)})`);
  else console.error(`check: all good (${elapsed(since)})`);
  return failed.length === 0 ? 0 : 1;
}

async function runPart(name) {
  const since = Date.now();
  for (const command of parts[name]) {
    const [program, ...args] = command;
    const { code, output } = await capture(program, args, {
      env: environment({ FORCE_COLOR: process.stderr.isTTY ? "1" : "0" }),
    });
    if (code !== 0) {
      console.error(`✗ ${name} (${elapsed(since)})\n${output.trimEnd()}\n`);
      return false;
    }
    const skipped = /^skipped: .*/m.exec(output);
    if (skipped) console.error(`- ${name} ${skipped[0]}`);
  }
  console.error(`✓ ${name} (${elapsed(since)})`);
  return true;
}
