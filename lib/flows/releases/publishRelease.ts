import { composeHead } from "#lib/core/allowlist/composeHead.ts";
import { systemActor } from "#lib/core/Actor.ts";
import type { HeadClaims, HeadDeny } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { removeListChanges } from "#lib/db/queries/listChanges.ts";
import type { Write } from "#lib/db/Database.ts";
import { doubtObjects, neededNamespaces, storedAmong } from "#lib/db/queries/listObjects.ts";
import { replaceNodes } from "#lib/db/queries/listTree.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { settleDue } from "#lib/db/queries/settleDue.ts";
import { find, insert, update, type NewRow, type Row } from "#lib/db/rows.ts";
import { together } from "#lib/db/together.ts";
import { activeSigner } from "#lib/flows/signing/activeSigner.ts";
import { saveEntries } from "./differencesOf.ts";
import { draftDenies } from "./draftDenies.ts";
import { draftList, type ListDraft } from "./draftList.ts";
import { guardRestored } from "./guardRestored.ts";
import { namespacesObject } from "./namespacesObject.ts";
import { newestCheckpoint } from "#lib/flows/log/newestCheckpoint.ts";
import { note } from "#lib/flows/note.ts";
import { requireLease, returnLease, type Lease } from "./publisherLease.ts";
import { holdsAll, keepObjects, missingObjects } from "./storeObjects.ts";

/** More lost races than this in a row are a fault, not chance. */
const attempts = 20;

/** What a worker took before: the right to publish the list, and the due row that asks for it. */
export interface Taken {
  readonly lease: Lease;
  readonly due: Row<"due">;
  readonly leasedUntil: Instant;
}

/**
 * Signs and stores the next release of one audience. Objects first, head last; the head is verified before it is
 * stored. Of two publishers one wins; the other looks at the inventory again and signs the seq after it, so the newest
 * head never holds an older look than the one before.
 */
export async function publishRelease(
  ctx: Context,
  audience: Row<"audience">,
  cause: string,
  taken?: Taken,
): Promise<Row<"head">> {
  let held = taken?.lease;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    held ??= await requireLease(ctx, audience);
    const head = await publishOnce(ctx, audience.id, cause, held, taken);
    if (head) return head;
    held = undefined;
  }
  throw new Error(`Another publisher was faster ${attempts} times in a row at ${audience.slug}.`);
}

/** Undefined when another head was stored since this one's inventory was read, or another process has the lease. */
async function publishOnce(
  ctx: Context,
  audienceId: string,
  cause: string,
  lease: Lease,
  taken: Taken | undefined,
): Promise<Row<"head"> | undefined> {
  const [signer, { last, keySet, audience, epoch }] = await Promise.all([
    activeSigner(ctx),
    readStanding(ctx, audienceId),
  ]);
  const [draft, namespaces, log] = await Promise.all([
    draftList(ctx, audience, last, lease),
    namespacesObject(ctx, ctx.db, audience),
    newestCheckpoint(ctx.db),
  ]);
  const deny = await draftDenies(ctx, audience, draft.differences);
  const ns = namespaces?.sha256;
  const isChanged = differs(last, { root: draft.root.sha, deny, ns });
  const claims = composeHead({
    ...address(ctx, audience),
    ...numbers(audience, last, isChanged),
    now: ctx.clock(),
    lifetime: ctx.config.headLifetimeSeconds * second,
    ttl: ctx.config.headTtlSeconds,
    epoch,
    root: draft.root.sha,
    count: draft.root.count,
    deny,
    ns,
    keysVersion: keySet?.version,
    log,
  });
  const objects = new Map(draft.objects);
  if (namespaces && ns !== last?.ns) objects.set(namespaces.sha256, namespaces.body);
  const [jws, missing] = await Promise.all([signer.sign(claims), missingObjects(ctx, ctx.db, objects)]);
  return storeRelease(ctx, audience, lease, {
    last,
    draft,
    isChanged,
    taken,
    names: [...new Set([...draft.put.map(({ sha }) => sha), ...objects.keys()])],
    missing,
    head: rowOf(ctx, audience, claims, { jws, kid: signer.kid, cause: isChanged ? cause : "re-signed" }),
  });
}

/** What the next release follows. Refuses where none may be signed. */
async function readStanding(ctx: Context, audienceId: string) {
  const [last, keySet, audience] = await Promise.all([
    latestHead(ctx.db, audienceId),
    newestKeySet(ctx.db),
    find(ctx.db, "audience", { id: audienceId }),
  ]);
  if (!audience) throw new Refusal("not_found", "This authorization server is not known.");
  const epoch = keySet?.epoch ?? audience.epoch;
  if (last && epoch < last.epoch)
    throw new Refusal(
      "not_ready",
      `The newest key set is of epoch ${epoch}, but ${audience.slug} was published in epoch ${last.epoch}. Accept a key set of that epoch.`,
    );
  await guardRestored(ctx, audience, last, epoch);
  return { last, keySet, audience, epoch };
}

function differs(
  last: Row<"head"> | undefined,
  next: { root: string; deny: readonly HeadDeny[]; ns: string | undefined },
): boolean {
  return (
    !last ||
    last.root !== next.root ||
    last.ns !== (next.ns ?? null) ||
    JSON.stringify(last.deny) !== JSON.stringify(next.deny)
  );
}

function address(ctx: Context, audience: Row<"audience">): Pick<HeadClaims, "iss" | "sub"> {
  const { baseUrl } = ctx.config;
  return { iss: baseUrl, sub: `${baseUrl}/v1/lists/${audience.slug}/head` };
}

/** The next seq and rev. After a restored backup they follow what servers have, and the chain of digests begins anew. */
function numbers(
  audience: Row<"audience">,
  last: Row<"head"> | undefined,
  isChanged: boolean,
): Pick<HeadClaims, "seq" | "rev" | "prev"> {
  const own = last?.seq ?? 0;
  const after = audience.resumeAfterSeq ?? 0;
  if (after <= own) return { seq: own + 1, rev: (last?.rev ?? 0) + (isChanged ? 1 : 0), prev: last?.digest };
  return { seq: after + 1, rev: Math.max(last?.rev ?? 0, audience.resumeAfterRev ?? 0) + 1 };
}

function rowOf(
  ctx: Context,
  audience: Row<"audience">,
  claims: HeadClaims,
  signed: { jws: string; kid: string; cause: string },
): Row<"head"> {
  return {
    id: ctx.newId(),
    audienceId: audience.id,
    epoch: claims.epoch,
    seq: claims.seq,
    rev: claims.rev,
    root: claims.root,
    count: claims.count,
    deny: claims.deny,
    prev: claims.prev ?? null,
    digest: sha256Hex(signed.jws),
    issuedAt: claims.iat * second,
    expiresAt: claims.exp * second,
    ns: claims.ns ?? null,
    keysVersion: claims.keys_version ?? null,
    ...signed,
  };
}

interface Signed {
  readonly taken: Taken | undefined;
  readonly last: Row<"head"> | undefined;
  readonly draft: ListDraft;
  readonly isChanged: boolean;
  /** Every object that the head needs and that may not be there, and those that are not. */
  readonly names: readonly string[];
  readonly missing: readonly NewRow<"allowlistObject">[];
  readonly head: Row<"head">;
}

/** Objects, entries, tree and head in one transaction, with the changes that are now published. */
async function storeRelease(
  ctx: Context,
  audience: Row<"audience">,
  lease: Lease,
  { taken, last, draft, isChanged, names, missing, head }: Signed,
): Promise<Row<"head"> | undefined> {
  return ctx.db.transaction(async (tx) => {
    const [isOurs, newest, current, signed, stored] = await together([
      returnLease(ctx, tx, lease),
      latestHead(tx, audience.id),
      find(tx, "audience", { id: audience.id }),
      find(tx, "signingKey", { kid: head.kid }),
      storedAmong(tx, names),
    ]);
    if (!isOurs || newest?.id !== last?.id || signed?.state !== "active") return undefined;
    // Rolled back or in another epoch since it was read: what was drafted is not what the list says now.
    if (current?.revision !== audience.revision || current.epoch !== audience.epoch) return undefined;
    if (!holdsAll(names, stored, missing)) return undefined;
    // A head of the same second is older than this change: servers that run it do not carry it yet.
    const changedAt = head.issuedAt + (last?.issuedAt === head.issuedAt ? 1 : 0);
    const lastHeadExpiresAt = Math.max(signed.lastHeadExpiresAt ?? 0, head.expiresAt);
    await together([
      keepObjects(tx, names, missing, stored),
      replaceNodes(tx, audience.id, draft.removed, draft.put),
      saveEntries(ctx, tx, audience.id, draft.differences, changedAt),
      removeListChanges(tx, draft.changeIds),
      insert(tx, "head", head),
      update(tx, "signingKey", { kid: head.kid }, { lastHeadExpiresAt }),
      taken && settleDue(tx, taken.due, taken.leasedUntil),
      isChanged && notePublished(ctx, tx, audience, head),
    ]);
    // What the tree and the newest heads name by now is not in doubt.
    await doubtObjects(tx, draft.replaced, ctx.clock());
    // Another list may name the same object.
    if (last?.ns && last.ns !== head.ns && !(await neededNamespaces(tx)).includes(last.ns))
      await doubtObjects(tx, [last.ns], ctx.clock());
    return head;
  });
}

async function notePublished(
  ctx: Context,
  tx: Write,
  audience: Row<"audience">,
  { seq, rev, root, count, cause }: Row<"head">,
): Promise<void> {
  await note(ctx, tx, systemActor, {
    action: "release.published",
    subject: { kind: "audience", id: audience.id, name: audience.slug },
    detail: { seq, rev, root, count, cause },
  });
}
