import { and, eq, inArray } from "drizzle-orm";
import type { Role } from "#lib/core/role.ts";
import type { Read } from "../Database.ts";

/** Active people whose role votes, with their teams. */
export async function listVoters(
  db: Read,
): Promise<{ id: string; name: string; role: Role; teamIds: string[] }[]> {
  const { person, membership } = db.t;
  const rows = await db.orm
    .select({ id: person.id, name: person.name, role: person.role, teamId: membership.teamId })
    .from(person)
    .leftJoin(membership, eq(membership.personId, person.id))
    .where(and(eq(person.active, true), inArray(person.role, ["reviewer", "admin"])));
  const voters = new Map<string, { id: string; name: string; role: Role; teamIds: string[] }>();
  for (const row of rows) {
    const voter = voters.get(row.id) ?? { id: row.id, name: row.name, role: row.role, teamIds: [] };
    if (row.teamId) voter.teamIds.push(row.teamId);
    voters.set(row.id, voter);
  }
  return [...voters.values()];
}
