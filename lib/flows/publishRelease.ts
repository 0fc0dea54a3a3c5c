import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import { composeHead } from "#lib/core/allowlist/composeHead.ts";
import { systemActor } from "#lib/core/Actor.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import type { Read, Write } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll, insert, remove, update, type NewRow, type Row } from "#lib/db/rows.ts";
import { activeSigner } from "./activeSigner.ts";
import { compileList, type CompiledList } from "./compileList.ts";
import { note } from "./note.ts";
import { shrinkInside } from "./shrinkClient.ts";

const compress = promisify(gzip);

/** Rows of one statement: PostgreSQL takes 65,535 values. */
const atOnce = 1_000;

/** More lost races than this in a row are a fault, not chance. */
const attempts = 20;

/**
 * Signs and stores the next release of one audience. Objects first, head last; the head is verified before it is
 * stored. Of two publishers one wins; the other looks at the inventory again and signs the seq after it, so the newest
 * head never holds an older look than the one before.
 */
export async function publishRelease(
  ctx: Context,
  audience: Row<"audience">,
  cause: string,
): Promise<Row<"head">> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const head = await publishOnce(ctx, audience, cause);
    if (head) return head;
  }
  throw new Error(`Another publisher was faster ${attempts} times in a row at ${audience.slug}.`);
}

/** Undefined when another head was stored since this one's inventory was read. */
async function publishOnce(
  ctx: Context,
  audience: Row<"audience">,
  cause: string,
): Promise<Row<"head"> | undefined> {
  const signer = await activeSigner(ctx);
  const last = await latestHead(ctx.db, audience.id);
  const list = await suspendEmptied(ctx, audience);
  const trie = buildTrie(list.entries, audience.salt ?? undefined);
  const changed = !last || last.root !== trie.root || JSON.stringify(last.deny) !== JSON.stringify(list.deny);
  const now = ctx.clock();
  const claims = composeHead({
    iss: ctx.config.baseUrl,
    sub: `${ctx.config.baseUrl}/v1/lists/${audience.slug}/head`,
    now,
    lifetime: ctx.config.headLifetimeSeconds * second,
    ttl: ctx.config.headTtlSeconds,
    epoch: audience.epoch,
    seq: (last?.seq ?? 0) + 1,
    rev: (last?.rev ?? 0) + (changed ? 1 : 0),
    prev: last?.digest,
    root: trie.root,
    count: trie.count,
    deny: list.deny,
  });
  const jws = await signer.sign(claims);
  const objects = await missingObjects(ctx, trie.objects);
  const lines = last?.root === trie.root ? [] : await changedEntries(ctx.db, audience.id, list.entries);
  const head: Row<"head"> = {
    id: ctx.newId(),
    audienceId: audience.id,
    epoch: claims.epoch,
    seq: claims.seq,
    rev: claims.rev,
    root: claims.root,
    count: claims.count,
    deny: claims.deny,
    prev: claims.prev ?? null,
    jws,
    digest: sha256Hex(jws),
    kid: signer.kid,
    issuedAt: claims.iat * second,
    expiresAt: claims.exp * second,
    cause: changed ? cause : "re-signed",
    ns: null,
    keysVersion: null,
  };
  return ctx.db.transaction(async (tx) => {
    if ((await latestHead(tx, audience.id))?.id !== last?.id) return undefined;
    await insert(tx, "allowlistObject", ...(await notStored(tx, objects)));
    await insert(tx, "head", head);
    // A head of the same second is older than this change: servers that run it do not carry it yet.
    const changedAt = head.issuedAt + (last?.issuedAt === head.issuedAt ? 1 : 0);
    await saveEntries(ctx, tx, audience.id, lines, changedAt);
    const signed = await find(tx, "signingKey", { kid: signer.kid });
    const lastHeadExpiresAt = Math.max(signed?.lastHeadExpiresAt ?? 0, head.expiresAt);
    await update(tx, "signingKey", { kid: signer.kid }, { lastHeadExpiresAt });
    if (changed)
      await note(ctx, tx, systemActor, {
        action: "release.published",
        subject: { kind: "audience", id: audience.id, name: audience.slug },
        detail: { seq: head.seq, rev: head.rev, root: head.root, count: head.count, cause },
      });
    return head;
  });
}

/** An approved client of which nothing usable is left is suspended before the list is made, and the list made again. */
async function suspendEmptied(ctx: Context, audience: Row<"audience">): Promise<CompiledList> {
  const list = await compileList(ctx, ctx.db, audience);
  if (list.emptied.length === 0) return list;
  await ctx.db.transaction(async (tx) => {
    for (const { client, sentence } of list.emptied) {
      const current = await find(tx, "client", { id: client.id });
      // Changed meanwhile: it may have been decided on anew, and is looked at again.
      if (current?.lifecycle === "approved" && current.revision === client.revision)
        await shrinkInside(ctx, tx, systemActor, current, "suspended", sentence);
    }
  });
  return compileList(ctx, ctx.db, audience);
}

interface ChangedEntry {
  readonly clientId: string;
  /** The row that says something else or nothing yet. */
  readonly known?: Row<"listEntry">;
  /** Absent: the list no longer names the client. */
  readonly entry?: AllowlistEntry;
}

/** What the list says otherwise than the entries kept of its last release. */
async function changedEntries(
  db: Read,
  audienceId: string,
  entries: CompiledList["entries"],
): Promise<ChangedEntry[]> {
  const before = new Map(
    (await findAll(db, "listEntry", { audienceId })).map((known) => [known.clientId, known]),
  );
  const changed: ChangedEntry[] = [];
  for (const [clientId, entry] of entries) {
    const known = before.get(clientId);
    if (JSON.stringify(known?.entry) !== JSON.stringify(entry)) changed.push({ clientId, known, entry });
  }
  for (const [clientId, known] of before) if (!entries.has(clientId)) changed.push({ clientId, known });
  return changed;
}

async function saveEntries(
  ctx: Context,
  tx: Write,
  audienceId: string,
  changed: readonly ChangedEntry[],
  changedAt: Instant,
): Promise<void> {
  const fresh: NewRow<"listEntry">[] = [];
  for (const { clientId, known, entry } of changed)
    if (known && entry) await update(tx, "listEntry", { id: known.id }, { entry, changedAt });
    else if (known) await remove(tx, "listEntry", { id: known.id });
    else if (entry) fresh.push({ id: ctx.newId(), audienceId, clientId, entry, changedAt });
  for (let at = 0; at < fresh.length; at += atOnce)
    await insert(tx, "listEntry", ...fresh.slice(at, at + atOnce));
}

async function missingObjects(
  ctx: Context,
  objects: ReadonlyMap<string, string>,
): Promise<NewRow<"allowlistObject">[]> {
  const missing: NewRow<"allowlistObject">[] = [];
  for (const [sha, body] of objects) {
    if (await find(ctx.db, "allowlistObject", { sha })) continue;
    missing.push({ sha, body, gzip: await compress(body, { level: 9 }), createdAt: ctx.clock() });
  }
  return missing;
}

async function notStored(
  tx: Write,
  objects: NewRow<"allowlistObject">[],
): Promise<NewRow<"allowlistObject">[]> {
  const absent: NewRow<"allowlistObject">[] = [];
  for (const each of objects) if (!(await find(tx, "allowlistObject", { sha: each.sha }))) absent.push(each);
  return absent;
}
