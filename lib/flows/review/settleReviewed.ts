import type { Actor } from "#lib/core/Actor.ts";
import type { Part } from "#lib/core/review/Part.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import type { Row } from "#lib/db/rows.ts";
import { rejudge } from "#lib/flows/watch/judgeDocument.ts";
import { keepOut, resolveAccepted } from "./keepOut.ts";

/** Settles what was found about a change once it is approved: what was left out is kept out, the rest is over. */
export async function settleReviewed(
  ctx: Context,
  tx: Write,
  actor: Actor,
  client: Row<"client">,
  decided: { number: number; leftOut: readonly Part[] },
): Promise<void> {
  const { number, leftOut } = decided;
  const isLeftOut = (finding: Row<"finding">) => leftOut.some((part) => isAbout(finding, part));
  if (leftOut.length > 0)
    await keepOut(ctx, tx, client, actor, `Left out when request ${number} was approved.`, isLeftOut);
  await resolveAccepted(
    ctx,
    tx,
    client,
    actor,
    `Accepted with request ${number}.`,
    (finding) => !isLeftOut(finding),
  );
  await rejudge(ctx, tx, client);
}

/** A finding goes by the value it found, or by the place where there is but one. */
function isAbout({ rule, value }: Row<"finding">, part: Part): boolean {
  return part.changes.some(
    (change) => change.rule === rule && (value === part.value || value === change.path),
  );
}
