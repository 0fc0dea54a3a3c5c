import type { Actor, PersonActor } from "#lib/core/Actor.ts";
import { may } from "#lib/core/may.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Row } from "#lib/db/rows.ts";

/** The person, if they look after the client: of its owner team, a reviewer or an administrator. `deed` ends the refusal. */
export function requireStewardship(actor: Actor, client: Row<"client">, deed: string): PersonActor {
  const own =
    actor.kind === "person" &&
    actor.role !== "auditor" &&
    client.ownerTeamId !== null &&
    actor.teamIds.includes(client.ownerTeamId);
  if (actor.kind === "person" && (own || may(actor, "shrink"))) return actor;
  throw new Refusal("not_allowed", `Only the owner team, a reviewer or an administrator ${deed}.`);
}
