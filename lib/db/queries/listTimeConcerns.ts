import { and, count, eq, gt, inArray, isNotNull, isNull, lt, lte } from "drizzle-orm";
import type { Lifecycle } from "#lib/core/client.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/**
 * Clients that rules about time may have something to say about: an old key, a leaked or shared one that is still
 * published, an announcement that ran out, a copy or an approval that ends by `until`, or a finding of theirs that stands.
 */
export async function listTimeConcerns(
  db: Read,
  about: {
    readonly now: Instant;
    /** Keys seen since before this are old. */
    readonly keysBefore: Instant;
    readonly until: Instant;
    readonly lifecycles: readonly Lifecycle[];
    readonly rules: readonly string[];
  },
): Promise<string[]> {
  const { client, clientKey, announcement, attestation, finding } = db.t;
  const { now, keysBefore, until, lifecycles, rules } = about;
  const trusted = inArray(client.lifecycle, [...lifecycles]);
  const published = isNull(clientKey.removedAt);
  const keysThat = (...conditions: Parameters<typeof and>) =>
    db.orm
      .selectDistinct({ id: clientKey.clientRowId })
      .from(clientKey)
      .innerJoin(client, eq(client.id, clientKey.clientRowId))
      .where(and(published, trusted, ...conditions));
  const twice = db.orm
    .select({ jkt: clientKey.jkt })
    .from(clientKey)
    .where(published)
    .groupBy(clientKey.jkt)
    .having(gt(count(), 1));
  const found = await Promise.all([
    keysThat(isNull(clientKey.leakedAt), lte(clientKey.firstSeenAt, keysBefore)),
    keysThat(isNotNull(clientKey.leakedAt)),
    keysThat(inArray(clientKey.jkt, twice)),
    db.orm
      .selectDistinct({ id: announcement.clientRowId })
      .from(announcement)
      .where(
        and(
          isNull(announcement.matchedAt),
          isNull(announcement.withdrawnAt),
          lt(announcement.expectedBy, now),
        ),
      ),
    db.orm
      .selectDistinct({ id: attestation.clientRowId })
      .from(attestation)
      .where(and(eq(attestation.state, "attested"), lte(attestation.renewBy, until))),
    db.orm
      .select({ id: client.id })
      .from(client)
      .where(and(eq(client.lifecycle, "approved"), lte(client.validUntil, until))),
    db.orm
      .selectDistinct({ id: finding.clientRowId })
      .from(finding)
      .where(
        and(
          inArray(finding.state, ["open", "acknowledged", "snoozed", "dismissed", "waived"]),
          inArray(finding.rule, [...rules]),
          isNotNull(finding.clientRowId),
        ),
      ),
  ]);
  return [...new Set(found.flat().flatMap(({ id }) => id ?? []))].toSorted();
}

/** Every row of these tables that is about one of these clients; at most five hundred of them. */
export async function listTimeFacts(
  db: Read,
  clientRowIds: readonly string[],
  rules: readonly string[],
): Promise<{
  keys: Row<"clientKey">[];
  announcements: Row<"announcement">[];
  attestations: Row<"attestation">[];
  findings: Row<"finding">[];
}> {
  const { clientKey, announcement, attestation, finding } = db.t;
  const ids = [...clientRowIds];
  const [keys, announcements, attestations, findings] = await Promise.all([
    db.orm.select().from(clientKey).where(inArray(clientKey.clientRowId, ids)),
    db.orm.select().from(announcement).where(inArray(announcement.clientRowId, ids)),
    db.orm
      .select()
      .from(attestation)
      .where(and(inArray(attestation.clientRowId, ids), eq(attestation.state, "attested"))),
    db.orm
      .select()
      .from(finding)
      .where(
        and(
          inArray(finding.clientRowId, ids),
          inArray(finding.state, ["open", "acknowledged", "snoozed", "dismissed", "waived"]),
          inArray(finding.rule, [...rules]),
        ),
      ),
  ]);
  return { keys, announcements, attestations, findings };
}
