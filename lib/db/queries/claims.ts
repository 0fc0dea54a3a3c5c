import { sql } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";
import { changesOfList } from "../prepared.ts";
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
  await changesOfList(tx, "end claims", [now, ...ids], ([at, ...places]) => {
    const named = places.map((place) => sql` or ${claim.id} = ${place}`);
    return tx.orm.delete(claim).where(sql`${claim.until} <= ${at}${sql.join(named)}`);
  });
}
