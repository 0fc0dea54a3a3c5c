import { and, eq, inArray, or } from "drizzle-orm";
import type { Read } from "../Database.ts";

/** A client and a digest of its document or a thumbprint. */
export interface Shown {
  readonly clientRowId: string;
  readonly digest: string;
}

export const shownKey = ({ clientRowId, digest }: Shown) => `${clientRowId} ${digest}`;

/**
 * Which of these documents (hex SHA-256 of the bytes, or of the canonical form) were ever read here for their client:
 * as a snapshot, in any fetch that was logged, or as the bytes that were judged last.
 */
export async function documentsReadHere(db: Read, asked: readonly Shown[]): Promise<Set<string>> {
  const known = new Set<string>();
  if (asked.length === 0) return known;
  const { client, fetchLog, snapshot } = db.t;
  const ids = [...new Set(asked.map(({ clientRowId }) => clientRowId))];
  const digests = [...new Set(asked.map(({ digest }) => digest))];
  const add = (clientRowId: string | null, ...found: readonly (string | null)[]) => {
    for (const digest of found) if (clientRowId && digest) known.add(shownKey({ clientRowId, digest }));
  };
  // One after the other: inside a transaction there is one connection.
  const snapshots = await db.orm
    .select({ id: snapshot.clientRowId, raw: snapshot.rawDigest, canonical: snapshot.canonicalDigest })
    .from(snapshot)
    .where(
      and(
        inArray(snapshot.clientRowId, ids),
        or(inArray(snapshot.rawDigest, digests), inArray(snapshot.canonicalDigest, digests)),
      ),
    );
  const clients = await db.orm
    .select({ id: client.id, digest: client.bodyDigest })
    .from(client)
    .where(and(inArray(client.id, ids), inArray(client.bodyDigest, digests)));
  for (const { id, raw, canonical } of snapshots) add(id, raw, canonical);
  for (const { id, digest } of clients) add(id, digest);
  const rest = asked.filter((each) => !known.has(shownKey(each)));
  if (rest.length === 0) return known;
  // The log of fetches is the longest of the three, and seldom has to be asked.
  const fetches = await db.orm
    .selectDistinct({ id: fetchLog.clientRowId, digest: fetchLog.digest })
    .from(fetchLog)
    .where(
      and(
        inArray(fetchLog.clientRowId, [...new Set(rest.map(({ clientRowId }) => clientRowId))]),
        eq(fetchLog.kind, "document"),
        inArray(fetchLog.digest, [...new Set(rest.map(({ digest }) => digest))]),
      ),
    );
  for (const { id, digest } of fetches) add(id, digest);
  return known;
}

/** Which of these keys, by thumbprint, their client ever published. */
export async function keysReadHere(db: Read, asked: readonly Shown[]): Promise<Set<string>> {
  if (asked.length === 0) return new Set();
  const { clientKey } = db.t;
  const rows = await db.orm
    .select({ clientRowId: clientKey.clientRowId, digest: clientKey.jkt })
    .from(clientKey)
    .where(
      and(
        inArray(clientKey.clientRowId, [...new Set(asked.map(({ clientRowId }) => clientRowId))]),
        inArray(clientKey.jkt, [...new Set(asked.map(({ digest }) => digest))]),
      ),
    );
  return new Set(rows.map(shownKey));
}
