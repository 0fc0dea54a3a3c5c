import { existsSync } from "node:fs";
import type { Command } from "commander";
import { minute } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { print, printJson } from "./output.ts";
import { configuration, openingFault, withContext } from "./withContext.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly check: "configuration" | "database" | "clock" | "journal" | "keys" | "lists";
  readonly ok: boolean;
  readonly sentence: string;
}

/** Adds `rollcall doctor`. Exit codes: 0 all well, 1 something is wrong. */
export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "look whether this installation is well: configuration, database, clock, journal, keys, lists",
    )
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: true }) => {
      const findings = await examine();
      const ok = findings.every((finding) => finding.ok);
      if (json) await printJson({ ok, checks: findings });
      else
        for (const { check, ok, sentence } of findings)
          await print(`${ok ? "ok   " : "WRONG"} ${check.padEnd(13)} ${sentence}\n`);
      process.exitCode = ok ? 0 : 1;
    });
}

/** Looks at one thing after the other and stops where the next could not be looked at. Changes nothing but a missing schema. */
async function examine(): Promise<Finding[]> {
  const findings: Finding[] = [];
  const say = (check: Finding["check"], ok: boolean, sentence: string) =>
    findings.push({ check, ok, sentence });
  let config;
  try {
    config = configuration();
  } catch (error) {
    say("configuration", false, (error as Error).message);
    return findings;
  }
  say("configuration", true, `It can be read. Lists are published under ${config.baseUrl}.`);
  try {
    await withContext((ctx) => examineInside(ctx, say));
  } catch (error) {
    say("database", false, openingFault(config, error));
  }
  return findings;
}

type Say = (check: Finding["check"], ok: boolean, sentence: string) => void;

async function examineInside(ctx: Context, say: Say): Promise<void> {
  const probe = await ctx.db.probe();
  say("database", probe.ok, `${probe.sentence}${probe.ok ? " Its schema is up to date." : ""}`);
  await examineClock(ctx, say);
  const { verifyJournal } = await import("#lib/views/log/verifyJournal.ts");
  const journal = await verifyJournal(ctx.db);
  say("journal", journal.ok, journal.sentence);
  await examineKeys(ctx, say);
  await examineKeySets(ctx, say);
  const { verifyLatestHeads } = await import("#lib/views/log/verifyLatestHeads.ts");
  const heads = await verifyLatestHeads(ctx.db, ctx.clock(), ctx.config.baseUrl);
  for (const { audience, ok, sentence } of heads) say("lists", ok, `${audience}: ${sentence}`);
  if (heads.length === 0) say("lists", true, "No authorization server is connected yet.");
}

async function examineClock(ctx: Context, say: Say): Promise<void> {
  const { newestMoment } = await import("#lib/views/newestMoment.ts");
  const newest = await newestMoment(ctx.db);
  const ahead = (newest ?? 0) - ctx.clock();
  const now = new Date(ctx.clock()).toISOString();
  if (ahead <= minute) say("clock", true, `It is ${now}; nothing was written later than that.`);
  else
    say(
      "clock",
      false,
      `It is ${now} here, but something was written at ${new Date(newest ?? 0).toISOString()}: this clock, or that of another machine, is wrong.`,
    );
}

async function examineKeySets(ctx: Context, say: Say): Promise<void> {
  const { keySetStatus } = await import("#lib/views/signing/keySetStatus.ts");
  const newest = await keySetStatus(ctx.db, ctx.clock());
  if (!newest) return;
  const { version, reasons, urgent } = newest;
  say(
    "keys",
    !urgent,
    reasons.length === 0
      ? `Key set ${version} names every key that signs.`
      : `A root must sign key set ${version + 1} (rollcall root propose). ${reasons.join(" ")}`,
  );
}

async function examineKeys(ctx: Context, say: Say): Promise<void> {
  const { sealedKeys } = await import("#lib/views/signing/sealedKeys.ts");
  const stored = await sealedKeys(ctx.db);
  if (stored.length === 0)
    return say("keys", true, "No signing key was made yet: the worker makes the first.");
  const file = ctx.config.keyEncryptionKeyFile;
  if (!ctx.config.keyEncryptionKey && !existsSync(file))
    return say(
      "keys",
      false,
      `The key-encryption key is missing: there is no file ${file}. Restore it from its backup.`,
    );
  const faults = await withContext(
    async ({ keys }) => {
      const found: string[] = [];
      for (const { kid, sealed } of stored)
        await keys?.open(sealed, kid).catch((error: unknown) => found.push((error as Error).message));
      return found;
    },
    { withKeys: true },
  ).catch((error: unknown) => [(error as Error).message]);
  const [fault] = faults;
  if (fault === undefined)
    return say("keys", true, `The key-encryption key opens all ${stored.length} signing keys.`);
  say("keys", false, `${faults.length} of ${stored.length} signing keys cannot be opened: ${fault}`);
}
