import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listStandingFindings } from "#lib/db/queries/listClientFindings.ts";
import type { Row } from "#lib/db/rows.ts";
import { resolveFinding } from "./keepFindings.ts";

/** Resolves the standing findings of a client that `which` picks, because of what somebody did. Says how many they were. */
export async function resolveFindings(
  ctx: Context,
  tx: Write,
  client: Row<"client">,
  actor: Actor,
  note: string,
  which: (finding: Row<"finding">) => boolean = () => true,
): Promise<number> {
  const standing = await listStandingFindings(tx, client.id);
  const stand = new Map(standing.map((finding) => [finding.id, finding]));
  const decided = {
    decidedBy: actor.kind === "person" ? actor.id : null,
    decidedAt: ctx.clock(),
    decisionNote: note,
  };
  const picked = standing.filter(which);
  for (const finding of picked) await resolveFinding(ctx, tx, finding, stand, actor, decided);
  return picked.length;
}
