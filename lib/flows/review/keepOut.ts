import type { Actor } from "#lib/core/Actor.ts";
import { lookOf } from "#lib/core/finding/Finding.ts";
import { actsFrom } from "#lib/core/finding/triage.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listStandingFindings } from "#lib/db/queries/listClientFindings.ts";
import { update, type Row } from "#lib/db/rows.ts";
import { dismissal } from "#lib/flows/findings/decideFinding.ts";
import { dismissParent } from "#lib/flows/findings/dismissParent.ts";
import { noteFinding } from "#lib/flows/findings/noteFinding.ts";
import { resolveFindings } from "#lib/flows/findings/resolveFindings.ts";

type Finding = Row<"finding">;

/**
 * What grew was refused, or a part of it left out: its findings have been decided. Dismisses the standing document
 * findings of the client that are about growth, or those of them that `which` picks, by rule and value for instance.
 * One person is enough: nothing is trusted that was not before. Says how many they were.
 */
export async function keepOut(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  actor: Actor,
  note: string,
  which: (finding: Finding) => boolean = () => true,
): Promise<number> {
  const decided = dismissal(ctx, actor, { kind: "dismiss", reason: "kept_out", note });
  let count = 0;
  for (const finding of await listStandingFindings(tx, client.id)) {
    if (finding.effect !== "growth" || lookOf(finding.rule) !== "document" || !which(finding)) continue;
    if (!actsFrom.dismiss.includes(finding.state)) continue;
    const change = { ...decided.change, updatedAt: ctx.clock(), revision: finding.revision + 1 };
    await update(tx, "finding", { id: finding.id }, change);
    await noteFinding(ctx, tx, actor, "dismissed", { ...finding, ...change }, decided.detail);
    if (finding.parentId) await dismissParent(ctx, tx, actor, finding.parentId, decided);
    count++;
  }
  return count;
}

/**
 * The live document was accepted as it is: resolves the standing findings of the client about how it differed from the
 * approved one, or those of them that `which` picks. Those that were dismissed, as kept out for instance, stay so while
 * their cause stands. Says how many they were.
 */
export async function resolveAccepted(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  actor: Actor,
  note: string,
  which: (finding: Finding) => boolean = () => true,
): Promise<number> {
  const isAccepted = (finding: Finding) =>
    finding.rule.startsWith("drift.") && finding.state !== "dismissed" && which(finding);
  return resolveFindings(ctx, tx, client, actor, note, isAccepted);
}
