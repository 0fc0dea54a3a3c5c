import { RegistryUnreachable, ensureExample } from "#scripts/examples.mjs";
import { sandboxFetch } from "../sandbox/sandboxFetch.ts";
import { startSandbox } from "../sandbox/startSandbox.ts";
import { adapters } from "./adapters.ts";
import { checks, runChecks, type Cell, type Check } from "./runChecks.ts";

/**
 * `npm run e2e:adapters`: every adapter of examples/ with the real server from npm, a real publisher on loopback and
 * recorded documents. Prints check × adapter with seconds; the exit code is 1 when one missed. Arguments name adapters.
 */
const only = process.argv.slice(2);
const chosen = adapters.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)));
const sandbox = await startSandbox();
const web = sandboxFetch(sandbox);
const columns = new Map<string, Map<Check, Cell>>();
for (const adapter of chosen) {
  try {
    if (adapter.ownPackages) await ensureExample(adapter.ownPackages);
  } catch (error) {
    if (!(error instanceof RegistryUnreachable)) throw error;
    console.log(`skipped: ${adapter.name}, no package registry can be reached`);
    continue;
  }
  columns.set(adapter.name, await runChecks(adapter, { sandbox, web }));
}
await web.close();
await sandbox.stop();

const widest = Math.max(...checks.map((check) => check.length));
const missed: string[] = [];
console.log([" ".repeat(widest), ...columns.keys()].join("  "));
for (const check of checks) {
  const cells = [...columns].map(([name, column]) => {
    const cell = column.get(check);
    if (cell?.ok === false) missed.push(`${name}: ${check}: ${cell.note}`);
    return (cell?.ok ? `${cell.seconds!.toFixed(2)} s` : cell ? "MISSED" : "–").padEnd(name.length);
  });
  console.log([check.padEnd(widest), ...cells].join("  "));
}
for (const line of missed) console.log(line);
console.log(missed.length === 0 ? "all as it should be" : `${missed.length} missed`);
process.exit(missed.length === 0 ? 0 : 1);
