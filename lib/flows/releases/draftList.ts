import { systemActor } from "#lib/core/Actor.ts";
import type { PlacedNode } from "#lib/core/allowlist/PlacedNode.ts";
import { triePath } from "#lib/core/allowlist/trieNode.ts";
import { minute } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { clientsByIds } from "#lib/db/queries/listableClients.ts";
import { clientsThatEnded, listChanges } from "#lib/db/queries/listChanges.ts";
import { listStrayEntries } from "#lib/db/queries/listedEntries.ts";
import { storedAmong } from "#lib/db/queries/listObjects.ts";
import { nodesAt, nodesUnder, replaceNodes } from "#lib/db/queries/listTree.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { compileClients, compileList, type CompiledClient } from "./compileList.ts";
import { differencesOf, saveEntries, type Difference } from "./differencesOf.ts";
import { holdsLease, keepLease, type Lease } from "./publisherLease.ts";
import { reviseList } from "./reviseList.ts";
import { shrinkInside } from "#lib/flows/clients/shrinkClient.ts";
import { keepObjects, missingObjects } from "./storeObjects.ts";
import { writeWholeTree } from "./writeWholeTree.ts";

/** What the next release of a list says, and what has to be written for it. */
export interface ListDraft {
  readonly root: PlacedNode;
  readonly put: readonly PlacedNode[];
  readonly removed: readonly string[] | "all";
  /** Bodies that are not stored yet; those of the other nodes are. */
  readonly objects: ReadonlyMap<string, string>;
  readonly replaced: readonly string[];
  readonly differences: readonly Difference[];
  /** Rows of `listChange` that this takes account of. */
  readonly changeIds: readonly string[];
}

/** Clients that are looked at together. */
const pageSize = 1_000;

/** What may stand in memory at once. */
export interface ListLimits {
  /** More differences than this are kept before the head that says so is signed. */
  readonly differences: number;
  /** More new bodies than this are stored before it is. */
  readonly bodies: number;
  /** A list of more entries than this is written a part at a time. */
  readonly entries: number;
}

const usual: ListLimits = { differences: 20_000, bodies: 1_000, entries: 20_000 };

/** How far clocks may differ: an approval's end is looked at once too often rather than never. */
const tolerated = minute;

/**
 * Looks at the clients that may have changed since the last release, or at all of them when nobody can say which, and
 * drafts the tree of the next one.
 */
export async function draftList(
  ctx: Context,
  audience: Row<"audience">,
  last: Row<"head"> | undefined,
  lease: Lease,
  limits: ListLimits = usual,
): Promise<ListDraft> {
  // Changes first: what happens after this look is in a row that stays.
  const [changes, [root], ended] = await Promise.all([
    listChanges(ctx.db, audience.id),
    nodesAt(ctx.db, audience.id, [""]),
    last ? clientsThatEnded(ctx.db, ...betweenReleases(ctx, last)) : [],
  ]);
  const changeIds = changes.map(({ id }) => id);
  const changed = changes.flatMap(({ clientRowId }) => clientRowId ?? []);
  if (!last || !root || changed.length < changes.length)
    return { ...(await draftWhole(ctx, audience, root, lease, limits)), changeIds };
  const pages = compilePages(ctx, audience, [...new Set([...changed, ...ended])], lease);
  const differences = await lookAt(ctx, audience, pages);
  if (differences.length > limits.differences)
    return { ...(await draftWhole(ctx, audience, root, lease, limits)), changeIds };
  const revised = await reviseList(ctx.db, audience, root, differences);
  return { ...revised, differences, changeIds };
}

/** The time since the last release, on whichever side of now it was: a clock may have been wrong. */
function betweenReleases(ctx: Context, { issuedAt }: Row<"head">): [number, number] {
  const now = ctx.clock();
  return [Math.min(issuedAt, now) - tolerated, Math.max(issuedAt, now)];
}

async function* compilePages(
  ctx: Context,
  audience: Row<"audience">,
  ids: readonly string[],
  lease: Lease,
): AsyncGenerator<CompiledClient[]> {
  for (let from = 0; from < ids.length; from += pageSize) {
    if (from > 0) await keepLease(ctx, lease);
    const clients = await clientsByIds(ctx.db, ids.slice(from, from + pageSize));
    yield await compileClients(ctx, ctx.db, audience, [
      ...new Map(clients.map((client) => [client.id, client])).values(),
    ]);
  }
}

/** What of some compiled clients is other than it was. Those of which nothing usable is left are suspended on the way. */
async function lookAt(
  ctx: Context,
  audience: Row<"audience">,
  pages: AsyncIterable<CompiledClient[]>,
  most = Infinity,
  full: (differences: readonly Difference[]) => Promise<void> = async () => undefined,
): Promise<Difference[]> {
  const found = new Map<string, Difference>();
  const emptied: CompiledClient[] = [];
  const take = async (page: readonly CompiledClient[]) => {
    for (const each of await differencesOf(ctx.db, audience.id, page)) found.set(each.clientId, each);
  };
  for await (const page of pages) {
    emptied.push(...page.filter((each) => each.emptied !== undefined));
    await take(page);
    if (found.size <= most) continue;
    await full([...found.values()]);
    found.clear();
  }
  if (emptied.length > 0) {
    await suspendEmptied(ctx, emptied);
    for (const { client } of emptied) found.delete(client.clientId);
    const again = await clientsByIds(
      ctx.db,
      emptied.map(({ client }) => client.id),
    );
    const rows = new Map(again.map((client) => [client.id, client]));
    await take(await compileClients(ctx, ctx.db, audience, [...rows.values()]));
  }
  return [...found.values()];
}

async function suspendEmptied(ctx: Context, emptied: readonly CompiledClient[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    for (const { client, emptied: sentence } of emptied) {
      const current = await find(tx, "client", { id: client.id });
      // Changed meanwhile: it may have been decided on anew, and is looked at again.
      if (sentence && current?.lifecycle === "approved" && current.revision === client.revision)
        await shrinkInside(ctx, tx, systemActor, current, "suspended", sentence);
    }
  });
}

/**
 * The same from the whole inventory. Without a root, at first or after a publisher died over it, the tree is written
 * from all entries; so it is when very much changed, and then entries and bodies are stored ahead, without the root.
 */
async function draftWhole(
  ctx: Context,
  audience: Row<"audience">,
  root: PlacedNode | undefined,
  lease: Lease,
  limits: ListLimits,
): Promise<Omit<ListDraft, "changeIds">> {
  let isAhead = false;
  const storeAhead = async (differences: readonly Difference[]) => {
    isAhead = true;
    await ctx.db.transaction(async (tx) => {
      if (!(await holdsLease(tx, lease)))
        throw new Refusal("conflict", `Another process has begun to publish the list of ${audience.slug}.`);
      await replaceNodes(tx, audience.id, [""], []);
      await saveEntries(ctx, tx, audience.id, differences, ctx.clock());
    });
  };
  const pages = async function* () {
    for await (const page of compileList(ctx, ctx.db, audience)) {
      await keepLease(ctx, lease);
      yield page;
    }
  };
  const differences = await lookAt(ctx, audience, pages(), limits.differences, storeAhead);
  for (const known of await listStrayEntries(ctx.db, audience.id))
    differences.push({ clientId: known.clientId, path: triePath(known.clientId), known, deniedAt: null });
  if (root && !isAhead) return { ...(await reviseList(ctx.db, audience, root, differences)), differences };

  const before = await nodesUnder(ctx.db, audience.id, "");
  let objects = new Map<string, string>();
  const written = await writeWholeTree(ctx.db, audience, differences, limits.entries, async (bodies) => {
    for (const [sha, body] of bodies) objects.set(sha, body);
    if (objects.size <= limits.bodies) return;
    const missing = await missingObjects(ctx, ctx.db, objects);
    const names = [...objects.keys()];
    await ctx.db.transaction(async (tx) => keepObjects(tx, names, missing, await storedAmong(tx, names)));
    objects = new Map();
    await keepLease(ctx, lease);
  });
  const standing = new Set(written.nodes.map(({ sha }) => sha));
  return {
    root: written.root,
    put: written.nodes,
    removed: "all",
    objects,
    replaced: before.flatMap(({ sha }) => (standing.has(sha) ? [] : sha)),
    differences,
  };
}
