import { inArray, lte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import { findAll, insert, type Row } from "../rows.ts";

/** The claims of all workers. */
export async function standingClaims(db: Read): Promise<Row<"claim">[]> {
  return findAll(db, "claim");
}

/** Takes the clients that were due in a time: until `until`, nobody else visits them. */
export async function makeClaim(tx: Write, claim: Row<"claim">): Promise<void> {
  await insert(tx, "claim", claim);
}

/** Ends these claims, and those that ran out: whoever is still due in them is anybody's. */
export async function endClaims(tx: Write, ids: readonly string[], now: Instant): Promise<void> {
  const { claim } = tx.t;
  await tx.orm.delete(claim).where(lte(claim.until, now));
  if (ids.length > 0) await tx.orm.delete(claim).where(inArray(claim.id, [...ids]));
}
