import { asc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

export interface OpenRequest {
  readonly request: Row<"request">;
  readonly client: Row<"client">;
  /** Digest of the snapshot the request is about now. */
  readonly digest: string;
  readonly errors: number;
}

/** Every open request with its client, oldest first. */
export async function listOpenRequests(db: Read): Promise<OpenRequest[]> {
  const { request, client, snapshot } = db.t;
  return db.orm
    .select({ request, client, digest: snapshot.digest, errors: snapshot.errors })
    .from(request)
    .innerJoin(client, eq(client.id, request.clientRowId))
    .innerJoin(snapshot, eq(snapshot.id, request.snapshotId))
    .where(eq(request.state, "open"))
    .orderBy(asc(request.requestedAt), asc(request.number));
}
