import { systemActor, type Actor } from "#lib/core/Actor.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import { asOpened } from "#lib/core/finding/asOpened.ts";
import { lookOf, type Cause, type Look } from "#lib/core/finding/Finding.ts";
import { fingerprintOf } from "#lib/core/finding/fingerprintOf.ts";
import { isAnother, reconcile, type FindingStep } from "#lib/core/finding/reconcile.ts";
import { rollupKeyOf } from "#lib/core/finding/rollupKeyOf.ts";
import { isGraver } from "#lib/core/finding/severityRank.ts";
import { movedDeadlines } from "#lib/core/finding/serviceLevels.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listResolvedFindings, listStandingFindings } from "#lib/db/queries/listClientFindings.ts";
import { nextFindingNumber } from "#lib/db/queries/nextNumber.ts";
import { insert, update, type Row } from "#lib/db/rows.ts";
import { noteFinding } from "./noteFinding.ts";
import { leaveFinding, placeFinding } from "./rollUpFinding.ts";

type Finding = Row<"finding">;

/**
 * Brings a client's findings of one look in step with the causes that stand now: opens, keeps, opens again, resolves
 * what is gone twice in a row, and rolls up what happens at many clients of a host. `causes` are all there are at this
 * look. `client` is the row as it is after the look, its live snapshot above all. The same look again changes nothing
 * but counts as one more look for what is gone. Also says in `client.unsettled` whether something waits for its second
 * look. One indexed query when nothing stands and nothing is there.
 */
export async function keepFindings(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  look: Look,
  causes: readonly Cause[],
): Promise<void> {
  const standing = await listStandingFindings(tx, client.id);
  const stand = new Map(standing.map((finding) => [finding.id, finding]));
  if (standing.length > 0 || causes.length > 0) {
    const marked = causes
      .map(storable)
      .map((cause) => ({ cause, fingerprint: fingerprintFor(client, cause) }));
    const fingerprints = new Set(standing.map((finding) => finding.fingerprint));
    const unknown = marked.map((each) => each.fingerprint).filter((each) => !fingerprints.has(each));
    const steps = reconcile({
      now: ctx.clock(),
      snapshotId: client.liveSnapshotId,
      known: [
        ...standing.filter((finding) => lookOf(finding.rule) === look),
        ...(await listResolvedFindings(tx, unknown)),
      ],
      causes: marked,
    });
    for (const step of steps) await take(ctx, tx, client, step, stand);
  }
  await settle(tx, client, [...stand.values()]);
}

/** What a document says goes into its causes as it is: a NUL in it must not keep its changes from being taken in. */
function storable(cause: Cause): Cause {
  const { message, path, value } = cause;
  const text = (from: string) => storableText(from) ?? "";
  return { ...cause, message: text(message), path: text(path), value: text(value) };
}

function fingerprintFor(client: Row<"client">, { rule, value }: Cause): string {
  return fingerprintOf({ rule, subject: client.clientId, value });
}

/** Takes one step. `stand` holds the client's standing findings and is kept in step too. */
async function take(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  step: FindingStep<Finding>,
  stand: Map<string, Finding>,
): Promise<void> {
  const now = ctx.clock();
  if (step.kind === "open") {
    const finding = await open(ctx, tx, client, step);
    const placed = await placeFinding(ctx, tx, client, finding, "opened", [...stand.values()]);
    stand.set(finding.id, placed);
    return;
  }
  const { finding } = step;
  switch (step.kind) {
    case "regress":
    case "reopen": {
      const others = [...stand.values()].filter(({ id }) => id !== finding.id);
      const again = { ...finding, ...said(client, step.cause, now), ...asOpened(step.cause.severity, now) };
      again.severity = step.cause.severity;
      again.revision += 1;
      if (step.kind === "regress") {
        again.regressions += 1;
        // It left the finding about its host when it was resolved.
        again.parentId = null;
        again.regressedAt = now;
      }
      await update(tx, "finding", { id: finding.id }, again);
      const action = step.kind === "regress" ? "regressed" : "reopened";
      const why = step.kind === "reopen" ? { why: step.why } : {};
      stand.set(finding.id, await placeFinding(ctx, tx, client, again, action, others, why));
      return;
    }
    case "keep": {
      const change = {
        ...said(client, step.cause, now),
        ...(step.severityMoved
          ? {
              ...movedDeadlines(finding, step.cause.severity, now),
              severity: step.cause.severity,
              proposal: null,
              revision: finding.revision + 1,
            }
          : isAnother(finding, step.cause)
            ? { proposal: null, revision: finding.revision + 1 }
            : {}),
      };
      await update(tx, "finding", { id: finding.id }, change);
      stand.set(finding.id, { ...finding, ...change });
      if (finding.parentId && isGraver(step.cause.severity, finding.severity)) {
        const others = [...stand.values()].filter(({ id }) => id !== finding.id);
        stand.set(
          finding.id,
          await placeFinding(ctx, tx, client, { ...finding, ...change }, "reopened", others),
        );
      }
      return;
    }
    case "clear": {
      const change = { clearedTimes: finding.clearedTimes + 1, updatedAt: now };
      await update(tx, "finding", { id: finding.id }, change);
      stand.set(finding.id, { ...finding, ...change });
      return;
    }
    case "resolve":
      await resolveFinding(ctx, tx, finding, stand);
  }
}

/** What the cause says now, for the row. */
function said(client: Row<"client">, cause: Cause, now: number) {
  return {
    effect: cause.effect,
    message: cause.message,
    path: cause.path,
    before: cause.before ?? null,
    after: cause.after ?? null,
    snapshotId: client.liveSnapshotId,
    clearedTimes: 0,
    lastSeenAt: now,
    updatedAt: now,
  };
}

async function open(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  { cause, fingerprint, generation }: Extract<FindingStep<Finding>, { kind: "open" }>,
): Promise<Finding> {
  const now = ctx.clock();
  const finding: Finding = {
    ...said(client, cause, now),
    ...asOpened(cause.severity, now),
    id: ctx.newId(),
    number: await nextFindingNumber(tx),
    fingerprint,
    generation,
    rollupKey: rollupKeyOf({ ...cause, ...client }),
    parentId: null,
    members: 1,
    rule: cause.rule,
    value: cause.value,
    severity: cause.severity,
    clientRowId: client.id,
    host: client.host,
    firstSeenAt: now,
    regressions: 0,
    regressedAt: null,
    assigneeId: null,
    revision: 1,
  };
  await insert(tx, "finding", finding);
  return finding;
}

/** Resolves a finding of a client, and the one about its host when it was the last of its members. Removes it from `stand`. */
export async function resolveFinding(
  ctx: Context,
  tx: Write,
  finding: Finding,
  stand: Map<string, Finding>,
  actor: Actor = systemActor,
  decided: Partial<Finding> = {},
): Promise<void> {
  const now = ctx.clock();
  const change = {
    state: "resolved" as const,
    resolvedAt: now,
    clearedTimes: 0,
    proposal: null,
    updatedAt: now,
    revision: finding.revision + 1,
    ...decided,
  };
  await update(tx, "finding", { id: finding.id }, change);
  stand.delete(finding.id);
  await noteFinding(ctx, tx, actor, "resolved", { ...finding, ...change });
  if (finding.parentId) await leaveFinding(ctx, tx, finding.parentId, [...stand.values()], actor, decided);
}

/** Something that is gone once is looked for again, even where the next look shows nothing new. */
async function settle(tx: Write, client: Row<"client">, standing: readonly Finding[]): Promise<void> {
  const unsettled = standing.some(
    (finding) => finding.clearedTimes > 0 && !["time", "sight"].includes(lookOf(finding.rule)),
  );
  if (unsettled !== (client.unsettled ?? false))
    await update(tx, "client", { id: client.id }, { unsettled: unsettled || null });
}
