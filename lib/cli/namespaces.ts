import type { Command } from "commander";
import { printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Adds `rollcall namespaces list` and `rollcall namespaces match`. Exit codes of match: 0 somebody's child, 1 nobody's. */
export function registerNamespaces(program: Command): void {
  const namespaces = program
    .command("namespaces")
    .description("patterns under which publishers make client_ids, approved as a whole");
  namespaces
    .command("list")
    .description("every namespace with its state, children and end; prints JSON")
    .option("--json", "print JSON (it always does)")
    .action(async () => {
      const { namespaceList } = await import("#lib/views/namespaces/namespaceList.ts");
      await printJson(await withContext((ctx) => namespaceList(ctx.db, ctx.clock())));
    });
  namespaces
    .command("match")
    .description("which namespaces a client_id belongs to, the one that decides first; prints JSON")
    .argument("<client_id>", "compared as a string")
    .option("--json", "print JSON (it always does)")
    .action(async (clientId: string) => {
      const { matchNamespaces } = await import("#lib/views/namespaces/matchNamespaces.ts");
      const found = await withContext((ctx) => matchNamespaces(ctx.db, ctx.clock(), clientId));
      await printJson(found);
      process.exitCode = found.length > 0 ? 0 : 1;
    });
}
