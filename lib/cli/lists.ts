import type { Command } from "commander";
import type { SystemActor } from "#lib/core/Actor.ts";
import { print, printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Whoever has a shell on the machine. */
const operator: SystemActor = { kind: "system", name: "rollcall command" };

/** Adds `rollcall lists verify` and `lists resume`. Exit codes of verify: 0 all well, 1 a list differs. */
export function registerLists(program: Command): void {
  const lists = program.command("lists").description("the published lists");
  lists
    .command("verify")
    .argument("[slug]", "one list instead of all")
    .description("compile lists from the whole inventory and compare them with what is published")
    .option("--json", "print JSON")
    .action(async (slug: string | undefined, { json }: { json?: true }) => {
      const { verifyLists } = await import("#lib/flows/releases/verifyLists.ts");
      const verdicts = await withContext((ctx) => verifyLists(ctx, slug));
      const ok = verdicts.every((verdict) => verdict.ok);
      if (verdicts.length === 0) process.stderr.write("There is no authorization server yet.\n");
      if (json) await printJson({ ok, lists: verdicts });
      else
        for (const verdict of verdicts)
          await print(`${verdict.ok ? "ok   " : "WRONG"} ${verdict.sentence}\n`);
      process.exitCode = ok ? 0 : 1;
    });
  lists
    .command("resume")
    .argument("<slug>", "the list that stopped")
    .description("publish again after the database was restored from a backup, after what the servers have")
    .option("--reason <text>", "why, for the journal", "Resumed from the command line.")
    .action(async (slug: string, { reason }: { reason: string }) => {
      const { resumeAfterRestore } = await import("#lib/flows/releases/resumeAfterRestore.ts");
      await printJson(
        await withContext((ctx) => resumeAfterRestore(ctx, operator, { audience: slug, reason })),
      );
    });
}
