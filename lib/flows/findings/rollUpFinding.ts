import { systemActor, type Actor } from "#lib/core/Actor.ts";
import { asOpened, putAside } from "#lib/core/finding/asOpened.ts";
import { regressionWindow } from "#lib/core/finding/reconcile.ts";
import { rolledUpMessage, rollUpWithin, toRollUp } from "#lib/core/finding/rollUp.ts";
import { sharedValue } from "#lib/core/finding/rollupKeyOf.ts";
import { gravest, isGraver } from "#lib/core/finding/severityRank.ts";
import { deadlinesOf } from "#lib/core/finding/serviceLevels.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listUnledFindings } from "#lib/db/queries/listClientFindings.ts";
import { nextFindingNumber } from "#lib/db/queries/nextNumber.ts";
import { findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { noteFinding, type FindingAction } from "./noteFinding.ts";

type Finding = Row<"finding">;

/**
 * Gives a finding that just opened, or opened again, its place: under the finding about its host when there is one, or
 * when it is one too many of its kind and makes one; on its own otherwise. Tells of it, once. Answers with it as it is then.
 * `others` are the other standing findings of the same client.
 */
export async function placeFinding(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  finding: Finding,
  action: FindingAction,
  others: readonly Finding[],
  extra: Readonly<Record<string, unknown>> = {},
): Promise<Finding> {
  const generations = await findAll(tx, "finding", { fingerprint: finding.rollupKey });
  const last = generations.sort((a, b) => b.generation - a.generation)[0];
  if (last && last.state !== "resolved" && !isOldMatter(last, finding, ctx.clock()))
    return join(ctx, tx, last, finding, others);
  const alone = { ...finding, parentId: null };
  const taken = toRollUp(
    (await listUnledFindings(tx, finding.rollupKey)).filter(({ id }) => id !== finding.id),
    client.id,
    ctx.clock(),
  );
  if (taken.length === 0) {
    await update(tx, "finding", { id: finding.id }, { parentId: null });
    await noteFinding(ctx, tx, systemActor, action, alone, extra);
    return alone;
  }
  return lead(ctx, tx, client, [...taken, alone], last);
}

/** What people decided about a host some time ago was no decision about what begins at another client of it now. */
function isOldMatter(parent: Finding, finding: Finding, now: number): boolean {
  const isDecided = parent.state === "dismissed" || parent.state === "waived";
  const isMember = finding.parentId === parent.id || isGraver(finding.severity, parent.severity);
  return isDecided && !isMember && now - (parent.decidedAt ?? now) > rollUpWithin;
}

/** A finding about the host takes these over; it is the one of before when that was resolved not long ago. */
async function lead(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  children: readonly Finding[],
  last: Finding | undefined,
): Promise<Finding> {
  const now = ctx.clock();
  const newest = children.at(-1) as Finding;
  const severity = children.map((child) => child.severity).reduce(gravest);
  const members = new Set(children.map((child) => child.clientRowId)).size;
  const message = rolledUpMessage(newest.host, members, newest.message);
  const said = { ...asOpened(severity, now), severity, members, message, lastSeenAt: now };
  const returns = last?.resolvedAt !== undefined && now - (last.resolvedAt ?? 0) <= regressionWindow;
  const parent: Finding = returns
    ? {
        ...last,
        ...said,
        regressions: last.regressions + 1,
        regressedAt: now,
        revision: last.revision + 1,
      }
    : {
        ...newest,
        ...said,
        id: ctx.newId(),
        number: await nextFindingNumber(tx),
        fingerprint: newest.rollupKey,
        generation: (last?.generation ?? 0) + 1,
        value: sharedValue(newest.value ?? "", client.clientId),
        clientRowId: null,
        parentId: null,
        path: "",
        before: null,
        after: null,
        snapshotId: null,
        assigneeId: null,
        firstSeenAt: Math.min(...children.map((child) => child.firstSeenAt)),
        regressions: 0,
        regressedAt: null,
        revision: 1,
      };
  const { id } = parent;
  if (returns) await update(tx, "finding", { id }, parent);
  else await insert(tx, "finding", parent);
  for (const child of children) await update(tx, "finding", { id: child.id }, { parentId: id });
  await noteFinding(ctx, tx, systemActor, returns ? "regressed" : "opened", parent);
  return { ...newest, parentId: id };
}

/**
 * A new member shares what people decided about the host, as it is the same cause; a graver one puts the question again.
 */
async function join(
  ctx: Context,
  tx: Write,
  parent: Finding,
  child: Finding,
  others: readonly Finding[],
): Promise<Finding> {
  const now = ctx.clock();
  const known = others.some((other) => other.parentId === parent.id);
  const members = parent.members + (known || child.parentId === parent.id ? 0 : 1);
  const graver = isGraver(child.severity, parent.severity);
  const waitsForChange = parent.state === "snoozed" && parent.snoozedUntil === null;
  const reopens = waitsForChange || (graver && putAside.has(parent.state));
  const severity = gravest(child.severity, parent.severity);
  const change = {
    members,
    message: rolledUpMessage(parent.host, members, child.message),
    severity,
    lastSeenAt: now,
    updatedAt: now,
    ...(graver ? { ...deadlinesOf(severity, now), proposal: null, revision: parent.revision + 1 } : {}),
    ...(reopens ? asOpened(severity, now) : {}),
  };
  await update(tx, "finding", { id: parent.id }, change);
  const led = { ...parent, ...change };
  const joined: Finding = { ...child, ...decisionOf(led), parentId: parent.id };
  await update(tx, "finding", { id: child.id }, { ...decisionOf(led), parentId: parent.id });
  if (reopens)
    await noteFinding(ctx, tx, systemActor, "reopened", led, {
      why: graver ? `It grew from ${parent.severity} to ${severity}.` : `It changed at ${child.host}.`,
    });
  return joined;
}

/** What people decided about a finding, as another one takes it over. */
function decisionOf(finding: Finding) {
  const { state, acknowledgedAt, acknowledgedBy, snoozedUntil, dismissReason, control } = finding;
  const { waivedUntil, decisionNote, decidedBy, decidedAt, confirmedBy } = finding;
  return {
    state,
    acknowledgedAt,
    acknowledgedBy,
    snoozedUntil,
    dismissReason,
    control,
    waivedUntil,
    decisionNote,
    decidedBy,
    decidedAt,
    confirmedBy,
  };
}

/** A finding under one about the host has been resolved: that one speaks for one client fewer, or is resolved with its last. */
export async function leaveFinding(
  ctx: Context,
  tx: Write,
  parentId: string,
  others: readonly Finding[],
  actor: Actor = systemActor,
  settled: Partial<Finding> = {},
): Promise<void> {
  const [parent] = await findAll(tx, "finding", { id: parentId });
  if (!parent || parent.state === "resolved" || others.some((other) => other.parentId === parentId)) return;
  const now = ctx.clock();
  if (parent.members > 1) {
    await update(tx, "finding", { id: parentId }, { members: parent.members - 1, updatedAt: now });
    return;
  }
  const change = {
    state: "resolved" as const,
    resolvedAt: now,
    proposal: null,
    updatedAt: now,
    revision: parent.revision + 1,
    ...settled,
  };
  await update(tx, "finding", { id: parentId }, change);
  await noteFinding(ctx, tx, actor, "resolved", { ...parent, ...change });
}
