import { z } from "zod";
import type { Actor } from "#lib/core/Actor.ts";
import type { FindingState } from "#lib/core/finding/Finding.ts";
import { actsFrom, triageObstacle, type FindingAct } from "#lib/core/finding/triage.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { commonOwner } from "#lib/db/queries/commonOwner.ts";
import { updateLedFindings } from "#lib/db/queries/updateLedFindings.ts";
import { find, update, type Row } from "#lib/db/rows.ts";
import type { Decided } from "./Decided.ts";
import { dismissParent } from "./dismissParent.ts";
import { noteFinding } from "./noteFinding.ts";

/** Which finding, and optionally the revision the person looked at: another one is refused as stale. */
export const findingInput = {
  number: z.coerce.number({ error: "Give the finding's number." }).int("Give the finding's number."),
  revision: z.coerce.number().int().optional(),
};

/** A few words that go with an act and into the journal. */
export const findingNoteInput = z.string().trim().max(2_000, "At most 2,000 characters.").default("");

/** A moment: milliseconds since the epoch or ISO 8601. */
export const momentInput = (sentence: string) =>
  z
    .union([z.number(), z.string().min(1), z.date()], { error: sentence })
    .transform((value) => new Date(value).getTime())
    .refine((value) => !Number.isNaN(value), sentence);

export interface TriageOutcome {
  readonly number: number;
  readonly state: FindingState;
  readonly revision: number;
  /** The act takes a second person and is only proposed. */
  readonly proposed: boolean;
}

/**
 * Does one act of triage: whether the actor may, from this state, at this revision; the change, the same change of every
 * finding it speaks for, journal and event in one transaction. Refuses in words.
 */
export async function actOnFinding(
  ctx: Context,
  actor: Actor,
  act: FindingAct,
  asked: { readonly number: number; readonly revision?: number | undefined },
  decide: (finding: Row<"finding">, tx: Write) => Decided | Promise<Decided>,
): Promise<TriageOutcome> {
  return ctx.db.transaction(async (tx) => {
    const finding = await find(tx, "finding", { number: asked.number });
    if (!finding) throw new Refusal("not_found", `There is no finding F-${asked.number}.`);
    const client = finding.clientRowId ? await find(tx, "client", { id: finding.clientRowId }) : undefined;
    const ownerTeamId = client ? client.ownerTeamId : await commonOwner(tx, finding.id);
    const obstacle = triageObstacle(act, { ...finding, ownerTeamId }, actor);
    if (obstacle?.code === "not_allowed") throw new Refusal(obstacle.code, obstacle.sentence);
    if (asked.revision !== undefined && asked.revision !== finding.revision)
      throw new Refusal(
        "stale",
        `F-${finding.number} changed meanwhile. Look at it again; nothing you typed is lost.`,
      );
    if (obstacle) throw new Refusal(obstacle.code, obstacle.sentence);
    const decided = await decide(finding, tx);
    const { change, action, detail, aloneOnly } = decided;
    const changed = { ...change, updatedAt: ctx.clock(), revision: finding.revision + 1 };
    await update(tx, "finding", { id: finding.id }, changed);
    const now = { ...finding, ...changed };
    if (finding.clientRowId === null && !aloneOnly)
      await updateLedFindings(tx, finding.id, actsFrom[act], { ...change, updatedAt: ctx.clock() });
    await noteFinding(ctx, tx, actor, action, now, detail);
    if (finding.parentId && now.state === "dismissed")
      await dismissParent(ctx, tx, actor, finding.parentId, decided);
    return {
      number: finding.number,
      state: now.state,
      revision: now.revision,
      proposed: now.proposal !== null,
    };
  });
}
