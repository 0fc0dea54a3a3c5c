import { and, eq, inArray, sql } from "drizzle-orm";
import type { Read } from "../Database.ts";
import { rowsOf } from "../prepared.ts";
import type { Row } from "../rows.ts";

/** The findings of a client that are not resolved. */
export async function listStandingFindings(db: Read, clientRowId: string): Promise<Row<"finding">[]> {
  const { finding } = db.t;
  // By state, so that both columns of the index lead there: most findings of an old client are resolved.
  return rowsOf<Row<"finding">>(db, "standing findings", { clientRowId }, (values) =>
    db.orm
      .select()
      .from(finding)
      .where(
        and(
          eq(finding.clientRowId, values["clientRowId"] as string),
          inArray(finding.state, ["open", "acknowledged", "snoozed", "dismissed", "waived"]),
        ),
      ),
  );
}

/** Every generation of the findings with these fingerprints that is resolved. */
export async function listResolvedFindings(
  db: Read,
  fingerprints: readonly string[],
): Promise<Row<"finding">[]> {
  const { finding } = db.t;
  const found: Row<"finding">[] = [];
  for (let from = 0; from < fingerprints.length; from += 100)
    found.push(
      ...(await db.orm
        .select()
        .from(finding)
        .where(
          and(
            inArray(finding.fingerprint, fingerprints.slice(from, from + 100)),
            eq(finding.state, "resolved"),
          ),
        )),
    );
  return found;
}

/** Findings with this key that no finding about the host speaks for, resolved ones included. */
export async function listUnledFindings(db: Read, rollupKey: string): Promise<Row<"finding">[]> {
  const { finding } = db.t;
  // An expression, lest SQLite walk the index of those without a parent, which are most.
  return db.orm
    .select()
    .from(finding)
    .where(and(eq(finding.rollupKey, rollupKey), sql`coalesce(${finding.parentId}, '') = ''`));
}
