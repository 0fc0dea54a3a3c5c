import type { CheckSubject, KeyOwner } from "#lib/core/check/CheckSubject.ts";
import type { DriftFacts } from "#lib/core/drift/DriftFacts.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { listKeysElsewhere } from "#lib/db/queries/listKeysElsewhere.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/**
 * What the inventory knows beside the two snapshots that are compared. An announcement counts until the day that was
 * said: a key that comes later is a surprise.
 */
export async function gatherDriftFacts(
  ctx: Context,
  db: Read,
  client: Row<"client">,
  approved: Pick<Row<"snapshot">, "metadata" | "keys">,
  live: Pick<Row<"snapshot">, "metadata" | "keys">,
): Promise<DriftFacts> {
  const now = ctx.clock();
  const facts = await driftFactsOf(db, now, client, approved, live);
  if (!facts.announced?.length) return facts;
  const rows = await findAll(db, "announcement", { clientRowId: client.id, withdrawnAt: null });
  const inTime = rows.filter(({ matchedAt, expectedBy }) => (matchedAt ?? now) <= expectedBy);
  return { ...facts, announced: inTime.map(({ jkt }) => jkt) };
}

/** What the inventory knows that checks of a document want to know, beside what the network showed. */
export async function gatherCheckFacts(
  ctx: Context,
  db: Read,
  clientRowId: string,
  keys: readonly ParsedKey[],
): Promise<Pick<CheckSubject, "keyAges" | "otherKeyOwners" | "knownIssuers">> {
  const audiences = await findAll(db, "audience");
  const knownIssuers = audiences.flatMap(({ issuer }) => issuer ?? []);
  if (keys.length === 0) return { knownIssuers };
  const rows = await findAll(db, "clientKey", { clientRowId });
  const firstSeen = new Map(rows.map((row) => [row.jkt, row.firstSeenAt]));
  const elsewhere = await listKeysElsewhere(db, clientRowId, thumbprints(keys));
  const own = elsewhere.length > 0 ? await find(db, "client", { id: clientRowId }) : undefined;
  const otherKeyOwners = new Map<string, KeyOwner>();
  for (const { jkt, clientId, domain, ownerTeamId } of elsewhere) {
    const sameTeam = ownerTeamId !== null && ownerTeamId === own?.ownerTeamId;
    const sameOwner = sameTeam || domain === own?.domain;
    // A stranger's client is the news, whoever else has the key, too.
    if (!otherKeyOwners.has(jkt) || !sameOwner) otherKeyOwners.set(jkt, { clientId, sameOwner });
  }
  return { knownIssuers, keyAges: { now: ctx.clock(), firstSeen }, otherKeyOwners };
}

function thumbprints(keys: readonly ParsedKey[]): string[] {
  return keys.flatMap(({ jkt }) => jkt ?? []);
}
