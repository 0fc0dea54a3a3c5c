import { eq } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** The team that owns every client a finding about a host speaks for; null when there is no such one team. */
export async function commonOwner(db: Read, parentId: string): Promise<string | null> {
  const { finding, client } = db.t;
  const owners = await db.orm
    .selectDistinct({ teamId: client.ownerTeamId })
    .from(finding)
    .innerJoin(client, eq(client.id, finding.clientRowId))
    .where(eq(finding.parentId, parentId))
    .limit(2);
  return owners.length === 1 ? (owners[0]?.teamId ?? null) : null;
}
