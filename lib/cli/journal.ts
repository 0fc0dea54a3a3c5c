import { InvalidArgumentError, type Command } from "commander";
import { print, printJson } from "./output.ts";
import { withContext } from "./withContext.ts";

/** Adds `rollcall journal verify` (exit code 0, or 1 when the chain is broken) and `journal export`. */
export function registerJournal(program: Command): void {
  const journal = program.command("journal").description("who did what, hash-chained");
  journal
    .command("verify")
    .description("recompute every hash; prints JSON")
    .action(async () => {
      const { verifyJournal } = await import("#lib/views/verifyJournal.ts");
      const verdict = await withContext((ctx) => verifyJournal(ctx.db));
      await printJson(verdict);
      process.exitCode = verdict.ok ? 0 : 1;
    });
  journal
    .command("export")
    .description("print every line as JSON {seq, hash, prev_hash, bytes}; SHA-256 of bytes is hash")
    .option("--after <seq>", "leave out the lines up to this one", wholeNumber, 0)
    .action(async ({ after }: { after: number }) => {
      const { exportJournal } = await import("#lib/views/exportJournal.ts");
      await withContext(async (ctx) => {
        for await (const line of exportJournal(ctx.db, after)) await print(`${JSON.stringify(line)}\n`);
      });
    });
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
