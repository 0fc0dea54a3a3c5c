import type { Command } from "commander";
import { NoAnswer } from "./NoAnswer.ts";
import { print } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Adds `rollcall export`. Exit codes: 0 written, 1 it would admit more than was approved, 2 no export. */
export function registerExport(program: Command): void {
  program
    .command("export")
    .description(
      "write the newest release in the form of another product; says on standard error what it leaves out",
    )
    .argument("<list>", "short name of the authorization server")
    .argument("<product>", "such as keycloak, opa or json; any other word lists them all")
    .option(
      "--accept-host",
      "accept that a product that knows hosts only admits every client of an approved host",
    )
    .action(async (list: string, adapter: string, { acceptHost = false }: { acceptHost?: boolean }) => {
      const { exportNewest } = await import("#lib/views/releases/exportNewest.ts");
      const made = await withContext((ctx) =>
        exportNewest(ctx.db, ctx.clock(), { list, adapter, acceptHost }),
      );
      if (made.kind === "none" && made.status !== 409) throw new NoAnswer(made.detail);
      if (made.kind === "none") {
        process.stderr.write(`${made.detail}\n`);
        process.exitCode = 1;
        return;
      }
      process.stderr.write(`Cannot express: ${made.cannotExpress.join(", ")}.\n`);
      for (const { clientId, why } of made.refused) process.stderr.write(`Left out: ${clientId}. ${why}\n`);
      await print(made.body);
    });
}
