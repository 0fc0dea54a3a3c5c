import { asc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** Numbers of the open requests, oldest first: the order people walk through them. */
export async function listOpenRequestNumbers(db: Read): Promise<number[]> {
  const { request } = db.t;
  const rows = await db.orm
    .select({ number: request.number })
    .from(request)
    .where(eq(request.state, "open"))
    .orderBy(asc(request.requestedAt), asc(request.number));
  return rows.map((row) => row.number);
}
