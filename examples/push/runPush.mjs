import { realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { planChanges } from "./planChanges.mjs";
import { readExport } from "./readExport.mjs";

const help = `Options:
  --apply          do what the plan says (without it, the plan is printed and nothing is changed)
  --adopt <url>    take over a client that somebody else registered or switched off; may be given several times
  --allow-empty    go on when nobody is approved, which disables everybody
`;

/**
 * Brings a tenant in line with the plain-JSON export: reads, plans, prints, and with --apply does it.
 *
 * @param {(env: Record<string, string | undefined>, hands: {sleep: Function, now: () => number}, list: string) => {
 *   list: () => Promise<object[]>,
 *   limit: (clientId: string, entry: object) => string | undefined,
 *   enable: (clientId: string, approval: {entry: object, digest: string}, known?: {id: string, ours: boolean}) => Promise<string | undefined>,
 *   disable: (id: string) => Promise<void>,
 * }} openTenant `enable` returns why the client could not be admitted
 * @returns {Promise<0 | 1 | 2>} 0 all in order, 1 some client could not be admitted, 2 stopped
 */
export async function runPush(openTenant, { env, argv, print, sleep, now }) {
  try {
    const { values } = parseArgs({
      args: argv,
      options: {
        apply: { type: "boolean", default: false },
        adopt: { type: "string", multiple: true, default: [] },
        "allow-empty": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return (print(help), 0);
    const { list, rev, approved } = await readExport({
      url: needed(env, "ROLLCALL_EXPORT"),
      token: env.ROLLCALL_TOKEN,
      now: now(),
    });
    const tenant = openTenant(env, { sleep, now }, list);
    const adopt = new Set(values.adopt);
    const steps = planChanges({ approved, existing: await tenant.list(), limit: tenant.limit, adopt });
    print(`List ${list}, revision ${rev}: ${approved.size} approved.`);
    for (const { act, clientId, why } of steps)
      print(`${act.padEnd(8)} ${clientId}${why ? `  (${why})` : ""}`);
    if (steps.length === 0) print("Nothing to do.");
    const unknown = values.adopt.filter((clientId) => !approved.has(clientId));
    if (unknown.length > 0) throw new Error(`Not approved, so not taken over: ${unknown.join(", ")}.`);
    if (approved.size === 0 && steps.some(({ act }) => act === "disable") && !values["allow-empty"])
      throw new Error("Nobody is approved. If that is meant, say --allow-empty.");
    const refused = values.apply ? await apply(tenant, steps, approved, print) : 0;
    return refused > 0 || steps.some(({ act }) => act === "cannot") ? 1 : 0;
  } catch (error) {
    print(`Stopped: ${error.message}`);
    return 2;
  }
}

async function apply(tenant, steps, approved, print) {
  let refused = 0;
  const left = [];
  for (const { act, clientId, id } of steps) {
    if (act === "leave" || act === "cannot") continue;
    if (act === "disable") {
      // One that cannot be switched off must not keep the others in.
      try {
        await tenant.disable(id);
        print(`disabled ${clientId}`);
      } catch (error) {
        left.push(`${clientId} (${error.message})`);
      }
      continue;
    }
    const known = id === undefined ? undefined : { id, ours: act !== "adopt" };
    const why = await tenant.enable(clientId, approved.get(clientId), known);
    if (why) refused++;
    print(why ? `refused  ${clientId}  (${why})` : `admitted ${clientId}`);
  }
  if (left.length > 0) throw new Error(`These could not be switched off: ${left.join(", ")}.`);
  return refused;
}

export function needed(env, name) {
  if (!env[name]) throw new Error(`${name} is not set.`);
  return env[name];
}

/** Runs as a program, with the machine's environment, clock and output; does nothing when `url` was imported. */
export async function asProgram(url, openTenant) {
  if (!process.argv[1] || pathToFileURL(realpathSync(process.argv[1])).href !== url) return;
  process.exitCode = await runPush(openTenant, {
    env: process.env,
    argv: process.argv.slice(2),
    print: (line) => console.log(line),
    sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
    now: () => Date.now(),
  });
}
