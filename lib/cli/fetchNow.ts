import type { Command } from "commander";
import type { SystemActor } from "#lib/core/Actor.ts";
import { print, printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Whoever has a shell on the machine. */
const operator: SystemActor = { kind: "system", name: "rollcall command" };

/** Adds `rollcall fetch-now`. */
export function registerFetchNow(program: Command): void {
  program
    .command("fetch-now")
    .description("fetch clients through the guard now and take in what they say")
    .argument("[client_id...]", "clients of the inventory")
    .option("--unreachable", "all clients whose last fetch failed, too")
    .option("--json", "print JSON, one line for each client")
    .action(async (clientIds: string[], options: { unreachable?: true; json?: true }) => {
      if (clientIds.length === 0 && !options.unreachable)
        program.error("Name a client_id, or say --unreachable.");
      const { fetchClients } = await import("#lib/flows/watch/fetchClients.ts");
      await withContext((ctx) =>
        fetchClients(ctx, operator, { clientIds, unreachable: options.unreachable }, async (fetched) => {
          const { clientId, outcome, sentence, changed, findings } = fetched;
          if (outcome !== "ok" && outcome !== "not_modified") process.exitCode = 1;
          if (options.json) return printJson({ client_id: clientId, outcome, sentence, changed, findings });
          await print(`${clientId}: ${outcome}${changed ? ", changed" : ""}. ${sentence}\n`);
          for (const { number, rule, severity, message } of findings)
            await print(`  F-${number} ${severity} ${rule}: ${message}\n`);
        }),
      );
    });
}
