import { and, desc, eq, inArray } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Every request about a client, newest first. */
export async function listClientRequests(db: Read, clientRowId: string): Promise<Row<"request">[]> {
  const { request } = db.t;
  return db.orm
    .select()
    .from(request)
    .where(eq(request.clientRowId, clientRowId))
    .orderBy(desc(request.number));
}

/** The number of the open request of each client that has one. */
export async function openRequestNumbers(
  db: Read,
  clientRowIds: readonly string[],
): Promise<Map<string, number>> {
  if (clientRowIds.length === 0) return new Map();
  const { request } = db.t;
  const found = new Map<string, number>();
  for (let at = 0; at < clientRowIds.length; at += 500) {
    const rows = await db.orm
      .select({ client: request.clientRowId, number: request.number })
      .from(request)
      .where(and(eq(request.state, "open"), inArray(request.clientRowId, clientRowIds.slice(at, at + 500))));
    for (const row of rows) found.set(row.client, row.number);
  }
  return found;
}
