import { day, minute } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import { clientsThatEnded, listChanges } from "#lib/db/queries/listChanges.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { listStrayEntries } from "#lib/db/queries/listedEntries.ts";
import { nodesAt, replaceNodes } from "#lib/db/queries/listTree.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { compileList } from "./compileList.ts";
import { differencesOf } from "./differencesOf.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { setCondition } from "#lib/flows/setCondition.ts";
import { writeWholeTree } from "./writeWholeTree.ts";

export interface ListVerdict {
  readonly audience: string;
  readonly ok: boolean;
  readonly sentence: string;
}

/**
 * Compiles lists from the whole inventory and builds their trees anew: the published root must come out. One that
 * differs is logged, told, and due to be published as it was rebuilt. With `slug` only that list.
 */
export async function verifyLists(ctx: Context, slug?: string): Promise<ListVerdict[]> {
  const audiences = await findAll(ctx.db, "audience", slug === undefined ? {} : { slug });
  if (slug !== undefined && audiences.length === 0)
    throw new Refusal("not_found", `There is no authorization server called ${slug}.`);
  const verdicts: ListVerdict[] = [];
  for (const audience of audiences) verdicts.push(await verifyList(ctx, audience));
  return verdicts;
}

/** Until a list that was rebuilt is looked at again. */
const soon = 10 * minute;

/** The same for every list that was not looked at for a day; the signal ends it early. */
export async function verifyListsDaily(ctx: Context, signal?: AbortSignal): Promise<void> {
  for (const audience of await findAll(ctx.db, "audience")) {
    const last = await find(ctx.db, "condition", { key: keyOf(audience) });
    const every = last && !last.ok ? soon : day;
    if (!last || ctx.clock() - last.checkedAt >= every) await verifyList(ctx, audience, signal);
  }
}

/** Entries of which a tree is built at once. */
const atOnce = 20_000;

/** How often a list is looked at again that was published meanwhile. */
const turns = 3;

/** What was read belongs to several releases, or not all was read. */
const unsure = Symbol("unsure");

const keyOf = ({ slug }: Row<"audience">) => `list:${slug}`;

async function verifyList(
  ctx: Context,
  audience: Row<"audience">,
  signal?: AbortSignal,
): Promise<ListVerdict> {
  const { slug } = audience;
  let fault = await faultOf(ctx, audience, signal);
  const isStopped = () => signal?.aborted === true;
  for (let turn = 1; fault === unsure && turn < turns && !isStopped(); turn += 1)
    fault = await faultOf(ctx, audience, signal);
  if (fault === unsure)
    return {
      audience: slug,
      ok: true,
      sentence: `The list of ${slug} changes too often to be compared now.`,
    };
  const sentence = fault
    ? `The published list of ${slug} is not what the inventory says: ${fault} It is rebuilt and published again.`
    : `The published list of ${slug} is what the inventory says.`;
  if (fault) ctx.log.error({ audience: slug, fault }, sentence);
  await ctx.db.transaction(async (tx) => {
    const subject = { kind: "audience", id: audience.id, name: slug };
    const action = fault ? "list.differed" : "list.verified";
    await setCondition(ctx, tx, keyOf(audience), { ok: !fault, sentence }, { action, subject });
    if (!fault) return;
    // Without its root a tree is written from all entries.
    await replaceNodes(tx, audience.id, [""], []);
    await scheduleRelease(ctx, tx, "rebuilt", 0, "all", audience.id);
  });
  return { audience: slug, ok: !fault, sentence };
}

async function faultOf(
  ctx: Context,
  audience: Row<"audience">,
  signal?: AbortSignal,
): Promise<string | typeof unsure | undefined> {
  const { db } = ctx;
  const [head, [root]] = await Promise.all([latestHead(db, audience.id), nodesAt(db, audience.id, [""])]);
  // Nothing was published yet, or everything is about to be written anew.
  if (!head || !root) return undefined;
  const begun = await waiting(ctx, audience, head);
  if (begun === "all") return undefined;
  const different: { id: string; clientId: string }[] = [];
  for await (const page of compileList(ctx, db, audience)) {
    if (signal?.aborted) return unsure;
    const ids = new Map(page.map(({ client }) => [client.clientId, client.id]));
    for (const { clientId } of await differencesOf(db, audience.id, page))
      different.push({ id: ids.get(clientId) ?? "", clientId });
  }
  for (const { clientId } of await listStrayEntries(db, audience.id))
    different.push({ id: (await find(db, "client", { clientId }))?.id ?? "", clientId });
  const written = await writeWholeTree(db, audience, [], atOnce, async () => undefined);
  if ((await latestHead(db, audience.id))?.root !== head.root) return unsure;
  const known = await waiting(ctx, audience, head);
  if (known === "all") return undefined;
  const wrong = different.filter(({ id }) => !known.has(id) && !begun.has(id));
  if (wrong.length > 0)
    return `${wrong.length === 1 ? "one entry differs" : `${wrong.length} entries differ`}, such as ${wrong[0]?.clientId}.`;
  if (written.root.sha !== root.sha || root.sha !== head.root)
    return `its entries give the root ${written.root.sha}, not ${head.root}.`;
  return undefined;
}

/** Clients whose change is not published yet. */
async function waiting(
  ctx: Context,
  audience: Row<"audience">,
  head: Row<"head">,
): Promise<ReadonlySet<string> | "all"> {
  const changes = await listChanges(ctx.db, audience.id);
  if (changes.some(({ clientRowId }) => clientRowId === null)) return "all";
  const ended = await clientsThatEnded(ctx.db, head.issuedAt, ctx.clock());
  return new Set([...changes.flatMap(({ clientRowId }) => clientRowId ?? []), ...ended]);
}
