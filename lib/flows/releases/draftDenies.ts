import { keepDenies, keepDenyFor } from "#lib/core/allowlist/keepDenies.ts";
import type { HeadDeny } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { listDeniedSince } from "#lib/db/queries/listedEntries.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import type { Difference } from "./differencesOf.ts";
import { heldHeads } from "./heldHeads.ts";

/** More than a head ever carries, and enough to say that there are more. */
const looked = 1_000;

/** The denies of the next head: blocked hosts, and clients that are refused since the last days. */
export async function draftDenies(
  ctx: Context,
  audience: Row<"audience">,
  differences: readonly Difference[],
): Promise<HeadDeny[]> {
  const now = ctx.clock();
  const lifetime = ctx.config.headLifetimeSeconds * second;
  const [kept, hosts, held] = await Promise.all([
    listDeniedSince(ctx.db, audience.id, now - Math.max(keepDenyFor, lifetime) - second, looked),
    findAll(ctx.db, "hostBlock"),
    heldHeads(ctx.db, audience),
  ]);
  const changed = new Set(differences.map(({ clientId }) => clientId));
  const denied: { clientId: string; deniedAt: Instant; reason?: string }[] = [];
  for (const { clientId, deniedAt, entry } of kept)
    if (!changed.has(clientId)) denied.push({ clientId, deniedAt, reason: entry.reason });
  for (const { clientId, deniedAt, entry } of differences)
    if (entry && deniedAt !== null) denied.push({ clientId, deniedAt, reason: entry.reason });
  const candidates = denied.map(({ clientId, deniedAt, reason }) => {
    const at = Math.floor(deniedAt / second);
    const deny = { client_id: clientId, at, reason: reason ?? "denied" };
    return { deny, approvedUntil: at + lifetime / second };
  });
  const blocked = hosts.map(({ host, at, reason }) => ({ host, at: Math.floor(at / second), reason }));
  // What the release a list is rolled back to refused is refused now: its hosts, which its entries do not say.
  const standing = new Map<string, HeadDeny>();
  for (const deny of [...held.flatMap((head) => head.deny), ...blocked])
    if (deny.host !== undefined) standing.set(deny.host, deny);
  const { deny, overflow } = keepDenies(candidates, now, [...standing.values()]);
  if (overflow > 0)
    ctx.log.warn(
      { audience: audience.slug, overflow },
      "more denies than a head carries; the rest act through the entries",
    );
  return deny;
}
