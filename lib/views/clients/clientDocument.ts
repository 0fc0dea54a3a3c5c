import type { CheckResult } from "#lib/core/check/Check.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { explainDocument, type Meaning } from "#lib/core/explain/explainDocument.ts";
import type { ExplainedRedirect } from "#lib/core/explain/ExplainedRedirect.ts";
import { explainRedirects } from "#lib/core/explain/explainRedirects.ts";
import type { ShownChange } from "#lib/core/explain/ShownChange.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { listClientChanges } from "#lib/db/queries/listClientChanges.ts";
import { listClientSnapshots, type SnapshotLine } from "#lib/db/queries/listClientSnapshots.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { shownChanges } from "./shownChanges.ts";

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
  /** From what was accepted to what is live; empty when one of them is missing or they are the same. */
  readonly changes: readonly ShownChange[];
  /** Newest first. */
  readonly versions: readonly VersionLine[];
  /** A copy that waits for a second person. */
  readonly waiting: WaitingCopy | null;
  /** Who vouches for the live copy, and until when; null where the document itself was read. */
  readonly vouched: { readonly by: string; readonly at: Instant; readonly renewBy: Instant } | null;
}

export interface VersionLine extends SnapshotLine {
  readonly isLive: boolean;
  readonly isApproved: boolean;
  /** When it last became the live one; null for a copy that never did. */
  readonly liveAt: Instant | null;
  /** How serious the change to it was; null for the first, and while nothing was recorded. */
  readonly severity: DriftSeverity | null;
  /** Number of the snapshot that was live before it. */
  readonly before: number | null;
  /** What became of it as a copy; null for one that was fetched. */
  readonly copy: "waiting" | "attested" | "refused" | "replaced" | null;
}

export interface WaitingCopy {
  readonly id: string;
  readonly number: number;
  readonly note: string;
  readonly uploadedBy: string;
  readonly uploadedById: string;
  readonly uploadedAt: Instant;
}

/** The documents of one client: the live one, the approved one, what differs, and every version ever seen. */
export async function clientDocument(
  db: Read,
  now: Instant,
  id: string,
  number?: number,
): Promise<ClientDocument> {
  const client = await find(db, "client", { id });
  const [live, approved, asked, versions] = await Promise.all([
    client?.liveSnapshotId ? find(db, "snapshot", { id: client.liveSnapshotId }) : undefined,
    client?.approvedSnapshotId ? find(db, "snapshot", { id: client.approvedSnapshotId }) : undefined,
    number === undefined ? undefined : find(db, "snapshot", { clientRowId: id, number }),
    client ? versionLines(db, client) : undefined,
  ]);
  const show = (row: Row<"snapshot"> | undefined) => (row && client ? showSnapshot(row, client) : null);
  const shownLive = show(live);
  const shownApproved = show(approved);
  return {
    shown: asked ? show(asked) : (shownLive ?? shownApproved),
    live: shownLive,
    approved: shownApproved,
    changes: client && live && approved ? await standing(db, now, client, approved, live) : [],
    versions: versions?.lines ?? [],
    waiting: versions?.waiting ?? null,
    vouched: versions?.vouched ?? null,
  };
}

async function standing(
  db: Read,
  now: Instant,
  client: Row<"client">,
  before: Row<"snapshot">,
  after: Row<"snapshot">,
): Promise<readonly ShownChange[]> {
  const except = client.approvedExcept ?? [];
  if (before.id === after.id && except.length === 0) return [];
  const facts = await driftFactsOf(db, now, client, before, after);
  return shownChanges({ clientId: client.clientId, before, after, except, facts, acts: true }).shown;
}

async function versionLines(
  db: Read,
  client: Row<"client">,
): Promise<{ lines: VersionLine[]; waiting: WaitingCopy | null; vouched: ClientDocument["vouched"] }> {
  const [snapshots, changes, attestations] = await Promise.all([
    listClientSnapshots(db, client.id),
    listClientChanges(db, client.id),
    findAll(db, "attestation", { clientRowId: client.id }),
  ]);
  const numbers = new Map(snapshots.map((each) => [each.id, each.number]));
  const copies = Map.groupBy(
    attestations.toSorted((a, b) => b.uploadedAt - a.uploadedAt),
    ({ snapshotId }) => snapshotId,
  );
  const lines = snapshots.map((snapshot): VersionLine => {
    // The latest time it became the live one.
    const change = changes.find(({ afterId }) => afterId === snapshot.id);
    const copy = copies.get(snapshot.id)?.[0]?.state ?? null;
    const wasLive =
      snapshot.attested !== true || snapshot.id === client.liveSnapshotId || change !== undefined;
    return {
      ...snapshot,
      isLive: snapshot.id === client.liveSnapshotId,
      isApproved: snapshot.id === client.approvedSnapshotId,
      liveAt: wasLive ? (change?.at ?? snapshot.firstSeenAt) : null,
      severity: change?.severity ?? null,
      before: (change && numbers.get(change.beforeId)) ?? null,
      copy,
    };
  });
  const vouched = await vouchedFor(db, client, attestations);
  const waits = attestations.find(({ state }) => state === "waiting");
  const number = waits && numbers.get(waits.snapshotId);
  if (!waits || number === undefined) return { lines, waiting: null, vouched };
  const uploader = await find(db, "person", { id: waits.uploadedBy });
  return {
    lines,
    vouched,
    waiting: {
      id: waits.id,
      number,
      note: visibleText(waits.note, 2_000),
      uploadedBy: uploader?.name ?? "somebody",
      uploadedById: waits.uploadedBy,
      uploadedAt: waits.uploadedAt,
    },
  };
}

async function vouchedFor(
  db: Read,
  { liveSnapshotId }: Row<"client">,
  attestations: readonly Row<"attestation">[],
): Promise<ClientDocument["vouched"]> {
  const stands = attestations.find(
    ({ state, snapshotId }) => state === "attested" && snapshotId === liveSnapshotId,
  );
  if (!stands?.renewBy || !stands.decidedBy) return null;
  const person = await find(db, "person", { id: stands.decidedBy });
  return {
    by: person?.name ?? "Somebody",
    at: stands.decidedAt ?? stands.uploadedAt,
    renewBy: stands.renewBy,
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
