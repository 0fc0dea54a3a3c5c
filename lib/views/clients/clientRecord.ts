import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";
import { clientAccess } from "./clientAccess.ts";

/** One client as a program reads it: who answers for it, where it stands, what its document says, what it may reach. */
export async function clientRecord(db: Read, id: string) {
  const client = await find(db, "client", { id });
  if (!client) throw new Refusal("not_found", "This client is not in the inventory.");
  const { liveSnapshotId, approvedSnapshotId, etag: _, lastModified: __, ...facts } = client;
  const { grants, requests } = await clientAccess(db, id);
  return {
    ...facts,
    grants: grants.map(({ resource, scopes, audiences, since }) => ({
      resource,
      scopes: scopes.map((scope) => scope.name),
      audiences: audiences.map((audience) => audience.slug),
      since,
    })),
    openRequest: requests.find((request) => request.state === "open")?.number ?? null,
    live: await snapshotFacts(db, liveSnapshotId),
    approved: await snapshotFacts(db, approvedSnapshotId),
  };
}

async function snapshotFacts(db: Read, id: string | null) {
  const snapshot = id ? await find(db, "snapshot", { id }) : undefined;
  if (!snapshot) return null;
  const { number, digest, rawDigest, firstSeenAt, metadata, keys, results } = snapshot;
  const jkts = keys.flatMap((key) => key.jkt ?? []);
  return { number, digest, rawDigest, firstSeenAt, document: metadata, jkts, results };
}
