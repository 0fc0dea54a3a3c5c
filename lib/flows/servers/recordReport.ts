import { z } from "zod";
import { systemActor, type TokenActor } from "#lib/core/Actor.ts";
import type { LatestHead } from "#lib/core/allowlist/wire.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import { hour, second } from "#lib/core/Instant.ts";
import { parseInput } from "#lib/core/parseInput.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { forgetSilentInstances, timesTold } from "#lib/db/queries/reportBounds.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { proveHead } from "./proveHead.ts";
import { mostInstances, recordActivation } from "./recordActivation.ts";

/** Safe integers, up to 2^53 − 1; a moment past the year 9999 cannot be written as a date. */
const whole = z.number().int().nonnegative();
const moment = z.number().int().nonnegative().max(253_402_300_799);
const words = (max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => storableText(text) ?? "");
const reportInput = z.object({
  list: z.string().max(100),
  instance: words(200).refine((name) => name !== "", "Name the instance."),
  active: z
    .object({
      epoch: whole,
      seq: whole,
      rev: whole,
      digest: z.string().regex(/^[0-9a-f]{64}$/, "digest must be 64 hex digits"),
      activated_at: moment,
      /** At most what a consumer takes as a head. */
      head: z.string().max(65_536).optional(),
    })
    .nullable(),
  checked_at: moment,
  mode: z.enum(["lazy", "mirror"]),
  enforcement: z.enum(["enforce", "report_only"]),
  error: z.object({ code: words(100), detail: words(2_000), since: moment }).nullable(),
  client: words(200),
});

/** How often an hour people are told that one server runs something foreign. */
const mostTold = 5;

/** Takes a server's account of itself and answers with the newest head: the second channel that shows a frozen path. */
export async function recordReport(
  ctx: Context,
  actor: TokenActor,
  input: { consumerId: string; report: unknown },
): Promise<{ latest: LatestHead | null }> {
  const consumer = await find(ctx.db, "consumer", { id: input.consumerId });
  if (!consumer || consumer.tokenId !== actor.id)
    throw new Refusal("not_allowed", "This token is not this server's.");
  const report = parseInput(reportInput, input.report);
  const foreign = await foreignHead(ctx, consumer, report.active);
  await ctx.db.transaction(async (tx) => {
    const known = await find(tx, "report", { consumerId: consumer.id, instance: report.instance });
    if (foreign) await tellDivergence(ctx, tx, consumer, report.instance, foreign);
    const row = {
      divergentDigest: foreign?.digest ?? known?.divergentDigest ?? null,
      epoch: report.active?.epoch ?? null,
      seq: report.active?.seq ?? null,
      rev: report.active?.rev ?? null,
      digest: report.active?.digest ?? null,
      provenBy: foreign?.provenBy ?? null,
      activatedAt: report.active ? report.active.activated_at * second : null,
      checkedAt: report.checked_at * second,
      receivedAt: ctx.clock(),
      mode: report.mode,
      enforcement: report.enforcement,
      errorCode: report.error?.code ?? null,
      errorDetail: report.error?.detail ?? null,
      errorSince: report.error ? report.error.since * second : null,
      software: report.client,
    };
    if (report.active && report.active.digest !== known?.digest)
      await recordActivation(ctx, tx, consumer, {
        instance: report.instance,
        digest: report.active.digest,
        activatedAt: report.active.activated_at * second,
      });
    if (known) await update(tx, "report", { id: known.id }, row);
    else {
      await forgetSilentInstances(tx, consumer.id, mostInstances);
      const { instance } = report;
      await insert(tx, "report", { id: ctx.newId(), consumerId: consumer.id, instance, ...row });
    }
  });
  const head = await latestHead(ctx.db, consumer.audienceId);
  return { latest: head ? { epoch: head.epoch, seq: head.seq, rev: head.rev, digest: head.digest } : null };
}

type Foreign = LatestHead & { readonly provenBy: string | undefined };

/** The head a server says it runs, when that was never signed here as far as this database knows; with the proof, if it sent one. */
async function foreignHead(
  ctx: Context,
  consumer: Row<"consumer">,
  active: z.output<typeof reportInput>["active"],
): Promise<Foreign | undefined> {
  const { audienceId } = consumer;
  if (!active || (await find(ctx.db, "head", { audienceId, digest: active.digest }))) return undefined;
  const audience = await find(ctx.db, "audience", { id: audienceId });
  return { ...active, provenBy: audience && (await proveHead(ctx, audience, active)) };
}

/**
 * Tells people, once for each digest and a few times an hour, that a server runs a head that was never signed here: a stolen key, a second
 * publisher, or a database that was put back.
 */
async function tellDivergence(
  ctx: Context,
  tx: Write,
  consumer: Row<"consumer">,
  instance: string,
  { digest, epoch, seq, provenBy }: Foreign,
): Promise<void> {
  if (await find(tx, "report", { consumerId: consumer.id, divergentDigest: digest })) return;
  const action = "server.divergent";
  const subject = { kind: "consumer", id: consumer.id, name: consumer.name };
  if ((await timesTold(tx, subject, action, ctx.clock() - hour)) >= mostTold) return;
  const audience = await find(tx, "audience", { id: consumer.audienceId });
  await note(ctx, tx, systemActor, {
    action,
    subject,
    detail: { audience: audience?.slug, instance, digest, epoch, seq, signed_by: provenBy ?? null },
  });
}
