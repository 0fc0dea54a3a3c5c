import { canSign } from "#lib/core/drift/placedKeys.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { kindOfKey } from "#lib/core/keyTimeline/kindOfKey.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { listKeyHoldersNear } from "#lib/db/queries/listKeyHoldersNear.ts";
import { findAll, insert, update, type Row } from "#lib/db/rows.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";

/** Keys that were live, and since when they are known to have been. */
export interface KeysBefore {
  readonly keys: readonly ParsedKey[];
  readonly firstSeenAt: Instant;
}

/**
 * Writes what became of a client's keys: which came, went, came back, or showed their private half. `client` is the
 * row before the look; `wantedOverlap` is how long a successor should have been visible, in milliseconds.
 */
export async function followKeys(
  ctx: Context,
  tx: Write,
  client: Pick<Row<"client">, "id" | "lastFetchedAt" | "failingSince">,
  before: KeysBefore | undefined,
  after: { readonly keys: readonly ParsedKey[] },
  wantedOverlap: number | null = null,
): Promise<void> {
  const now = ctx.clock();
  const rows = new Map(
    (await findAll(tx, "clientKey", { clientRowId: client.id })).map((row) => [row.jkt, row]),
  );
  const lastGood = client.failingSince ?? client.lastFetchedAt;
  const add = async (jkt: string, key: ParsedKey, firstSeenAt: Instant, lastSeenAt: Instant) => {
    const row = newRow(ctx, client.id, jkt, key, firstSeenAt, lastSeenAt);
    rows.set(jkt, row);
    await insert(tx, "clientKey", row);
  };
  for (const [jkt, key] of byThumbprint(before?.keys ?? []))
    if (before && !rows.has(jkt)) await add(jkt, key, before.firstSeenAt, lastGood ?? before.firstSeenAt);

  const published = byThumbprint(after.keys);
  const leakedNow: string[] = [];
  for (const [jkt, key] of published) {
    const row = rows.get(jkt);
    const leaked = key.privateMembers.length > 0;
    if (!row) await add(jkt, key, now, now);
    if (leaked && !row?.leakedAt) leakedNow.push(jkt);
    if (!row && !leaked) continue;
    const known = row ?? rows.get(jkt);
    const change = {
      lastSeenAt: now,
      kid: storableText(key.kid) ?? null,
      leakedAt: known?.leakedAt ?? (leaked ? now : null),
      ...(row && row.removedAt !== null
        ? { removedAt: null, returnedAt: now, overlap: null, wantedOverlap: null }
        : {}),
    };
    await update(tx, "clientKey", { clientRowId: client.id, jkt }, change);
  }

  const successors = [...published].flatMap(([jkt, key]) =>
    canSign(key) ? (rows.get(jkt)?.firstSeenAt ?? []) : [],
  );
  for (const [jkt, row] of rows) {
    if (row.removedAt !== null || published.has(jkt)) continue;
    const lastSeenAt = Math.max(row.firstSeenAt, lastGood ?? row.lastSeenAt);
    const overlap = successors.length > 0 ? Math.max(0, lastSeenAt - Math.min(...successors)) : null;
    const gone = { lastSeenAt, removedAt: now, overlap, wantedOverlap };
    await update(tx, "clientKey", { clientRowId: client.id, jkt }, gone);
  }
  // A key that anybody may have counts nowhere in its domain.
  if (leakedNow.length > 0) {
    const holders = await listKeyHoldersNear(tx, client.id, leakedNow);
    if (holders.length > 0) await scheduleRelease(ctx, tx, "private half of a key became public", 0, holders);
  }
}

function newRow(
  ctx: Context,
  clientRowId: string,
  jkt: string,
  key: ParsedKey,
  firstSeenAt: Instant,
  lastSeenAt: Instant,
): Row<"clientKey"> {
  return {
    id: ctx.newId(),
    clientRowId,
    jkt,
    kid: storableText(key.kid) ?? null,
    kind: kindOfKey(key),
    firstSeenAt,
    lastSeenAt,
    removedAt: null,
    returnedAt: null,
    leakedAt: null,
    overlap: null,
    wantedOverlap: null,
  };
}

function byThumbprint(keys: readonly ParsedKey[]): Map<string, ParsedKey> {
  const found = new Map<string, ParsedKey>();
  for (const key of keys)
    if (key.jkt !== undefined && (!found.has(key.jkt) || key.privateMembers.length > 0))
      found.set(key.jkt, key);
  return found;
}
