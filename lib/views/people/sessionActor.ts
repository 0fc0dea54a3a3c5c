import type { PersonActor, TokenActor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll } from "#lib/db/rows.ts";

/** Who a session's token stands for, as they are now: role and teams are read each time, so a change acts at once. */
export async function sessionActor(db: Read, now: Instant, token: string): Promise<PersonActor | undefined> {
  const session = await find(db, "session", { tokenHash: sha256Hex(token) });
  if (!session || session.expiresAt <= now) return undefined;
  const person = await find(db, "person", { id: session.personId });
  if (!person?.active) return undefined;
  const memberships = await findAll(db, "membership", { personId: person.id });
  return {
    kind: "person",
    id: person.id,
    name: person.name,
    email: person.email,
    role: person.role,
    teamIds: memberships.map((membership) => membership.teamId),
  };
}

/** Who an API token stands for; undefined when it is unknown, ended or out of date. */
export async function tokenActor(db: Read, now: Instant, token: string): Promise<TokenActor | undefined> {
  const row = await find(db, "apiToken", { tokenHash: sha256Hex(token) });
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return undefined;
  return { kind: "token", id: row.id, name: row.name, role: row.role, audienceId: row.audienceId };
}
