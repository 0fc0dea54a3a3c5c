import type { CheckResult } from "#lib/core/check/Check.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { describeDifferences, type Difference } from "#lib/core/explain/describeDifferences.ts";
import { explainDocument, type Meaning } from "#lib/core/explain/explainDocument.ts";
import type { ExplainedRedirect } from "#lib/core/explain/ExplainedRedirect.ts";
import { explainRedirects } from "#lib/core/explain/explainRedirects.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientSnapshots, type SnapshotLine } from "#lib/db/queries/listClientSnapshots.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** One snapshot with what it means. */
export interface ShownSnapshot {
  readonly id: string;
  readonly number: number;
  readonly firstSeenAt: Instant;
  readonly digest: string;
  readonly rawDigest: string;
  readonly canonicalDigest: string;
  readonly semanticDigest: string;
  readonly keySetDigest: string | null;
  readonly text: string;
  readonly metadata: EffectiveMetadata;
  readonly redirects: readonly ExplainedRedirect[];
  readonly keys: readonly ParsedKey[];
  readonly keySetSource: string | null;
  readonly results: readonly CheckResult[];
  readonly meanings: readonly Meaning[];
}

export interface ClientDocument {
  /** The snapshot asked for, else the live one; null while no document was read. */
  readonly shown: ShownSnapshot | null;
  readonly live: ShownSnapshot | null;
  readonly approved: ShownSnapshot | null;
  /** From approved to live; empty when one of them is missing or they are the same. */
  readonly differences: readonly Difference[];
  readonly snapshots: readonly SnapshotLine[];
}

/** The documents of one client: the live one, the approved one, what differs, and every snapshot ever seen. */
export async function clientDocument(db: Read, id: string, number?: number): Promise<ClientDocument> {
  const client = await find(db, "client", { id });
  const [live, approved, asked, snapshots] = await Promise.all([
    client?.liveSnapshotId ? find(db, "snapshot", { id: client.liveSnapshotId }) : undefined,
    client?.approvedSnapshotId ? find(db, "snapshot", { id: client.approvedSnapshotId }) : undefined,
    number === undefined ? undefined : find(db, "snapshot", { clientRowId: id, number }),
    listClientSnapshots(db, id),
  ]);
  const show = (row: Row<"snapshot"> | undefined) => (row && client ? showSnapshot(row, client) : null);
  const shownLive = show(live);
  const shownApproved = show(approved);
  return {
    shown: asked ? show(asked) : (shownLive ?? shownApproved),
    live: shownLive,
    approved: shownApproved,
    differences:
      shownLive && shownApproved && shownLive.id !== shownApproved.id
        ? describeDifferences(shownApproved, shownLive)
        : [],
    snapshots,
  };
}

export function showSnapshot(
  row: Row<"snapshot">,
  client: { clientId: string; host: string },
): ShownSnapshot {
  const redirects = explainRedirects(row.metadata.redirect_uris, client.clientId);
  return {
    id: row.id,
    number: row.number,
    firstSeenAt: row.firstSeenAt,
    digest: row.digest,
    rawDigest: row.rawDigest,
    canonicalDigest: row.canonicalDigest,
    semanticDigest: row.semanticDigest,
    keySetDigest: row.keySetDigest,
    text: row.documentText,
    metadata: row.metadata,
    redirects,
    keys: row.keys,
    keySetSource: row.keySetSource,
    results: row.results,
    meanings: explainDocument(row.metadata, {
      host: client.host,
      redirects,
      usableKeys: row.keys.filter((key) => key.jkt && key.use !== "enc").length,
    }),
  };
}
