import { InvalidArgumentError, type Command } from "commander";
import type { Context } from "#lib/context.ts";
import type { JournalVerdict } from "#lib/views/log/verifyJournal.ts";
import { NoAnswer } from "./NoAnswer.ts";
import { print, printJson } from "./output.ts";
import { isFileFault, readBody } from "./readBody.ts";
import { withContext } from "./withContext.ts";

/** Adds `rollcall journal verify` (exit code 0, or 1 when something does not hold) and `journal export`. */
export function registerJournal(program: Command): void {
  const journal = program.command("journal").description("who did what, hash-chained and logged");
  journal
    .command("verify")
    .description("recompute every hash of the journal and of its log")
    .option("--head <file|url>", `a head that a server kept: is it of this log? ("-": standard input)`)
    .option("--json", "print JSON")
    .action(async ({ head, json }: { head?: string; json?: true }) => {
      const { verifyJournal } = await import("#lib/views/log/verifyJournal.ts");
      const verdict = await withContext(async (ctx) =>
        verifyJournal(ctx.db, head === undefined ? undefined : await readHead(ctx, head)),
      );
      if (json) await printJson(verdict);
      else await printVerdict(verdict);
      process.exitCode = verdict.ok ? 0 : 1;
    });
  journal
    .command("export")
    .description("print every line as JSON {seq, hash, prev_hash, bytes}; SHA-256 of bytes is hash")
    .option("--after <seq>", "leave out the lines up to this one", wholeNumber, 0)
    .action(async ({ after }: { after: number }) => {
      const { exportJournal } = await import("#lib/views/log/exportJournal.ts");
      await withContext(async (ctx) => {
        for await (const line of exportJournal(ctx.db, after)) await print(`${JSON.stringify(line)}\n`);
      });
    });
}

async function printVerdict({ ok, sentence, head, log, kept }: JournalVerdict): Promise<void> {
  await print(`${ok ? "ok   " : "WRONG"} ${sentence}\n`);
  if (ok && kept) await print(`ok    ${kept.sentence}\n`);
  if (ok && head) await print(`      last hash ${head}\n`);
  if (log)
    await print(
      `      log ${log.origin}, ${log.size} leaves, root ${log.root}, signed ${new Date(log.at).toISOString()}\n`,
    );
}

/** A head as it was kept: from a file, or from whoever serves it, through the guard. */
async function readHead(ctx: Context, from: string): Promise<string> {
  if (!/^https?:\/\//.test(from)) {
    const bytes = await readBody(from).catch((fault: unknown) => {
      throw isFileFault(fault) ? new NoAnswer(fault.message) : fault;
    });
    return headIn(new TextDecoder().decode(bytes));
  }
  const { body, sentence } = await ctx.net.fetch({ url: from, kind: "metadata" });
  if (!body)
    throw new NoAnswer(
      `The head could not be read from ${from}: ${sentence} A file works too: --head kept.jws`,
    );
  return headIn(new TextDecoder().decode(body));
}

/** A consumer's state is taken as it lies there; its head is in it. */
function headIn(text: string): string {
  if (!text.trimStart().startsWith("{")) return text.trim();
  try {
    const { head } = JSON.parse(text) as { head?: unknown };
    if (typeof head === "string") return head;
  } catch {
    // It is no head either, which is what will be said.
  }
  return text;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It must be a whole number.");
  return Number(text);
}
