import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientSnapshots } from "#lib/db/queries/listClientSnapshots.ts";
import { listSnapshotFacts } from "#lib/db/queries/listSnapshotFacts.ts";
import { find } from "#lib/db/rows.ts";

export interface KeyLine {
  /** RFC 7638 thumbprint; null when the key cannot have one. */
  readonly jkt: string | null;
  readonly kid: string | null;
  readonly kind: string;
  readonly use: string | null;
  /** Names of private members that were published. */
  readonly leaked: readonly string[];
  readonly inLive: boolean;
  readonly inApproved: boolean;
  readonly firstSeenAt: Instant;
  /** When the last snapshot that still had it was replaced; null while it is live. */
  readonly goneAt: Instant | null;
}

/** Every key a client ever published, newest first: live, approved, and since when. */
export async function clientKeys(
  db: Read,
  id: string,
): Promise<{ source: string | null; keys: readonly KeyLine[] }> {
  const client = await find(db, "client", { id });
  const snapshots = (await listClientSnapshots(db, id, 200)).reverse();
  const facts = await listSnapshotFacts(
    db,
    snapshots.map((each) => each.id),
  );
  const lines = new Map<string, KeyLine>();
  snapshots.forEach((snapshot, at) => {
    for (const key of facts.get(snapshot.id)?.keys ?? []) {
      const name = key.jkt ?? `${snapshot.id}/${key.index}`;
      const known = lines.get(name);
      lines.set(name, {
        jkt: key.jkt ?? null,
        kid: key.kid ? visibleText(key.kid, 60) : null,
        kind: visibleText([key.alg ?? key.kty, key.crv].filter(Boolean).join(" · ") || "unknown", 60),
        use: key.use ? visibleText(key.use, 20) : null,
        leaked: key.privateMembers,
        inLive: snapshot.id === client?.liveSnapshotId || (known?.inLive ?? false),
        inApproved: snapshot.id === client?.approvedSnapshotId || (known?.inApproved ?? false),
        firstSeenAt: known?.firstSeenAt ?? snapshot.firstSeenAt,
        goneAt: snapshots[at + 1]?.firstSeenAt ?? null,
      });
    }
  });
  const live = client?.liveSnapshotId ? await find(db, "snapshot", { id: client.liveSnapshotId }) : undefined;
  return {
    source: live?.keySetSource ?? null,
    keys: [...lines.values()].reverse().map((key) => (key.inLive ? { ...key, goneAt: null } : key)),
  };
}
