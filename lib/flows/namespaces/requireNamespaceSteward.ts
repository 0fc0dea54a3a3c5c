import type { Actor } from "#lib/core/Actor.ts";
import { may } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Row } from "#lib/db/rows.ts";

/** Refuses who is neither of the owner team nor may shrink trust. `deed` ends the refusal. */
export function requireNamespaceSteward(
  actor: Actor,
  { ownerTeamId }: Pick<Row<"namespace">, "ownerTeamId">,
  deed: string,
): void {
  const own =
    actor.kind === "person" &&
    actor.role !== "auditor" &&
    ownerTeamId !== null &&
    actor.teamIds.includes(ownerTeamId);
  if (own || may(actor, "shrink")) return;
  throw new Refusal("not_allowed", `Only the owner team, a reviewer or an administrator ${deed}.`);
}
