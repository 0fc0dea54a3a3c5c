import { afterAll, beforeAll, expect, test } from "vitest";
import { RegistryUnreachable, ensureExample } from "#scripts/examples.mjs";
import { sandboxFetch, type SandboxFetch } from "../sandbox/sandboxFetch.ts";
import { startSandbox, type Sandbox } from "../sandbox/startSandbox.ts";
import { adapters } from "./adapters.ts";
import { checks, runChecks } from "./runChecks.ts";

let sandbox: Sandbox;
let web: SandboxFetch;

beforeAll(async () => {
  sandbox = await startSandbox();
  web = sandboxFetch(sandbox);
});
afterAll(async () => {
  await web?.close();
  await sandbox?.stop();
});

const install = async (example?: string) => example && ensureExample(example);

for (const adapter of adapters)
  test(`${adapter.name} from npm enforces the list, whatever becomes of documents, publisher and time`, async ({
    skip,
  }) => {
    await install(adapter.ownPackages).catch((error: Error) => {
      if (!(error instanceof RegistryUnreachable)) throw error;
      console.log(`skipped: ${adapter.name}, no package registry can be reached`);
      skip();
    });
    const cells = await runChecks(adapter, { sandbox, web });
    const missed = [...cells].filter(([, cell]) => !cell.ok).map(([check, { note }]) => `${check}: ${note}`);
    expect(missed).toEqual([]);
    const made = checks.filter((check) => cells.has(check));
    const others = adapter.pinned ? /by a pattern/ : /host is down/;
    expect(made).toEqual(checks.filter((check) => !others.test(check)));
  }, 60_000);
