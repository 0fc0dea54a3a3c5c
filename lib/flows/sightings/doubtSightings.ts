import type { CountedSighting } from "#lib/core/sighting/countSightings.ts";
import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";
import { day } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { documentsReadHere, keysReadHere, shownKey } from "#lib/db/queries/knownToUs.ts";
import { countDoubtsOf } from "#lib/db/queries/reportBounds.ts";
import { requireVisits } from "#lib/db/queries/requireVisits.ts";
import { findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { namespaceMatcher } from "#lib/flows/namespaces/namespaceOf.ts";

/** The clients whose documents servers act on, children of a namespace too: nobody is served by what a stranger's says. */
export function isDoubtable({ lifecycle, liveSnapshotId }: DoubtedClient, isChild: boolean): boolean {
  if (liveSnapshotId === null) return false;
  return ["approved", "suspended", "pending"].includes(lifecycle) || (isChild && lifecycle === "discovered");
}

export type DoubtedClient = Pick<Row<"client">, "id" | "clientId" | "lifecycle" | "liveSnapshotId">;

/** Doubts of one kind at one client at a time: a server that makes up digests makes no more work than this. */
const most = 10;

/** Doubts of one server in a week, over all clients. A server that meets more than these has a trouble of its own. */
const mostOfServer = 100;

interface Doubt {
  readonly clientRowId: string;
  readonly kind: "document" | "key";
  /** As the server says it. */
  readonly said: string;
  /** As it is kept here. */
  readonly digest: string;
  readonly sighting: CountedSighting;
}

/**
 * Looks among sightings for documents and keys that were never read here. What is met for the first time makes its client
 * due at once: whether it counts is settled by `settleSplitViews`, when we have looked ourselves.
 */
export async function doubtSightings(
  ctx: Context,
  tx: Write,
  server: { readonly consumerId: string; readonly instance: string },
  counted: readonly CountedSighting[],
  clients: ReadonlyMap<string, DoubtedClient>,
): Promise<void> {
  const parentOf = await namespaceMatcher(tx);
  const shown = counted.flatMap((sighting) => {
    const client = clients.get(sighting.clientId);
    const isMeant = client && isDoubtable(client, parentOf(client.clientId) !== undefined);
    return isMeant ? doubtsIn(sighting, client) : [];
  });
  if (shown.length === 0) return;
  const of = (kind: Doubt["kind"]) => shown.filter((each) => each.kind === kind);
  const known = {
    document: await documentsReadHere(tx, of("document")),
    key: await keysReadHere(tx, of("key")),
  };
  const doubted = shown.filter((each) => !known[each.kind].has(shownKey(each)));
  const now = ctx.clock();
  const due = new Set<string>();
  let room = mostOfServer - (await countDoubtsOf(tx, server.consumerId, now - 7 * day));
  for (const [clientRowId, doubts] of Map.groupBy(doubted, (each) => each.clientRowId)) {
    const rows = await findAll(tx, "splitView", { clientRowId });
    for (const { kind, said, sighting } of doubts) {
      const times = Math.min(1_000_000_000, sighting.allowed + sighting.refused);
      const row = rows.find((each) => each.kind === kind && each.digest === said);
      if (row) {
        row.lastAt = Math.max(row.lastAt, sighting.lastAt);
        row.times = Math.min(1_000_000_000, row.times + times);
        await update(tx, "splitView", { id: row.id }, { lastAt: row.lastAt, times: row.times });
        continue;
      }
      if (room <= 0 || rows.filter((each) => each.kind === kind).length >= most) continue;
      room--;
      const doubt: Row<"splitView"> = {
        id: sha256Hex(`${clientRowId} ${kind} ${said}`),
        clientRowId,
        kind,
        digest: said,
        ...server,
        firstAt: sighting.firstAt,
        lastAt: sighting.lastAt,
        times,
        state: "waiting",
        askedAt: now,
        looks: 0,
        readDigest: null,
        nextLookAt: now,
      };
      await insert(tx, "splitView", doubt);
      rows.push(doubt);
      due.add(clientRowId);
    }
  }
  await requireVisits(tx, [...due], now);
}

function doubtsIn(sighting: CountedSighting, client: DoubtedClient): Doubt[] {
  const { document_sha256: said, jkt } = sighting.shape;
  const at = { clientRowId: client.id, sighting };
  const digest = base64UrlToHex(said);
  return [
    ...(said !== undefined && digest?.length === 64
      ? [{ ...at, kind: "document" as const, said, digest }]
      : []),
    ...(jkt && base64UrlToHex(jkt)?.length === 64
      ? [{ ...at, kind: "key" as const, said: jkt, digest: jkt }]
      : []),
  ];
}
