import type { Read } from "../Database.ts";
import { findAll, type Row } from "../rows.ts";

/**
 * The client's open request, of which there is at most one. Looked for among the client's own few requests: asked for
 * both, SQLite would walk through every open request of the house.
 */
export async function openRequestOf(db: Read, clientRowId: string): Promise<Row<"request"> | undefined> {
  const requests = await findAll(db, "request", { clientRowId });
  return requests.find((request) => request.state === "open");
}
