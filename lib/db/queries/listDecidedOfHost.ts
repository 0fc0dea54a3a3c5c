import { and, eq, exists, inArray, isNotNull, or } from "drizzle-orm";
import type { Read } from "../Database.ts";

/**
 * Client_ids of a host about which people decided one by one, whatever they decided. Asking anew about one that was denied
 * or retired does not undo that: only another decision does.
 */
export async function listDecidedOfHost(db: Read, host: string): Promise<string[]> {
  const { client, journal, request } = db.t;
  const wasDenied = db.orm
    .select({ id: request.id })
    .from(request)
    .where(and(eq(request.clientRowId, client.id), eq(request.state, "denied"), eq(request.kind, "approve")));
  const wasRetired = db.orm
    .select({ seq: journal.seq })
    .from(journal)
    .where(
      and(
        eq(journal.subjectKind, "client"),
        eq(journal.subjectId, client.id),
        eq(journal.action, "client.retired"),
      ),
    );
  const rows = await db.orm
    .select({ clientId: client.clientId })
    .from(client)
    .where(
      and(
        eq(client.host, host),
        or(
          isNotNull(client.approvedSnapshotId),
          exists(wasDenied),
          exists(wasRetired),
          inArray(client.lifecycle, ["approved", "denied", "suspended", "blocked", "retired"]),
        ),
      ),
    );
  return rows.map((row) => row.clientId);
}
