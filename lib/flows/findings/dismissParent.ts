import type { Actor } from "#lib/core/Actor.ts";
import { actsFrom } from "#lib/core/finding/triage.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { hasLedFinding } from "#lib/db/queries/updateLedFindings.ts";
import { find, update } from "#lib/db/rows.ts";
import type { Decided } from "./Decided.ts";
import { noteFinding } from "./noteFinding.ts";

/** The last member of a finding about a host that still waited was dismissed: so is that finding. */
export async function dismissParent(
  ctx: Context,
  tx: Write,
  actor: Actor,
  parentId: string,
  decided: Decided,
): Promise<void> {
  const parent = await find(tx, "finding", { id: parentId });
  if (!parent || !actsFrom.dismiss.includes(parent.state)) return;
  if (await hasLedFinding(tx, parentId, actsFrom.dismiss)) return;
  const change = { ...decided.change, updatedAt: ctx.clock(), revision: parent.revision + 1 };
  await update(tx, "finding", { id: parentId }, change);
  await noteFinding(ctx, tx, actor, "dismissed", { ...parent, ...change }, decided.detail);
}
