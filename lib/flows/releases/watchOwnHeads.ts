import { verifyOwnHead, type OwnHead } from "#lib/consumer/verifyOwnHead.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { day, hour, minute, second, type Instant } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { headSignedBefore } from "#lib/db/queries/latestHead.ts";
import { findAll, remove, upsert, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";
import { setCondition } from "#lib/flows/setCondition.ts";

/** An older head means that nothing is signed any more, or that something on the way hands out an old one. */
const oldAt = 30 * minute;

/** Until then the way may still hand out the head before. */
const settled = minute;

/** Once may be a restart: a list is in trouble when it is so twice in a row. */
const faultsBeforeTold = 2;

const tokenPrefix = "own-list-watch";
const tokenName = "Rollcall's look at its own lists";
const tokenLives = day;
const renewBefore = hour;

/** What one worker remembers between two looks. */
export interface OwnWatch {
  token?: { readonly text: string; readonly issuedAt: Instant; readonly until: Instant } | undefined;
  tokenId?: string;
  readonly faults: Map<string, number>;
}

export const ownWatch = (): OwnWatch => ({ faults: new Map() });

/** Fetches every list's newest head from its public address and verifies it as a server would; tells what is wrong. */
export async function watchOwnHeads(
  ctx: Context,
  watch: OwnWatch,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Promise<void> {
  for (const audience of await findAll(ctx.db, "audience")) {
    const published = await headSignedBefore(ctx.db, audience.id, ctx.clock() - settled);
    if (!published) continue;
    const token = audience.isPrivate ? await ownToken(ctx, watch) : undefined;
    const own = await lookAt(ctx, audience, published, token, fetch);
    const fault = faultOf(ctx, own);
    const faults = fault ? (watch.faults.get(audience.id) ?? 0) + 1 : 0;
    watch.faults.set(audience.id, faults);
    forgetRefused(ctx, watch, own);
    if (fault && faults < faultsBeforeTold) continue;
    const sentence = fault
      ? `Servers cannot use the published list of ${audience.slug}: ${fault}`
      : `The published list of ${audience.slug} verifies.`;
    const told = await ctx.db.transaction((tx) =>
      setCondition(
        ctx,
        tx,
        `head:${audience.slug}`,
        { ok: !fault, sentence },
        {
          action: fault ? "list.failing" : "list.recovered",
          subject: { kind: "audience", id: audience.id, name: audience.slug },
        },
      ),
    );
    if (told && fault) ctx.log.error({ audience: audience.slug }, sentence);
  }
}

async function lookAt(
  ctx: Context,
  audience: Row<"audience">,
  published: Row<"head">,
  token: string | undefined,
  fetch: typeof globalThis.fetch,
): Promise<OwnHead> {
  const { baseUrl, internalUrl } = ctx.config;
  const through = (address: string) =>
    internalUrl && address.startsWith(baseUrl) ? internalUrl + address.slice(baseUrl.length) : address;
  return verifyOwnHead({
    head: `${baseUrl}/v1/lists/${audience.slug}/head`,
    issuer: baseUrl,
    token,
    remembered: published,
    fetch: (address, options) =>
      fetch(through(address instanceof Request ? address.url : address.toString()), options),
    clock: ctx.clock,
    allowInsecureHttp: baseUrl.startsWith("http:"),
  });
}

function faultOf(ctx: Context, own: OwnHead): string | undefined {
  if (!own.ok) return own.sentence;
  const limit = Math.max(oldAt, 2 * ctx.config.resignSeconds * second);
  if (own.age * second <= limit) return undefined;
  return `its newest release is ${Math.floor((own.age * second) / minute)} minutes old. Look whether the worker runs and signs.`;
}

/** A token of this worker's own, good for reading only. One of each worker: those that have ended are removed. */
async function ownToken(ctx: Context, watch: OwnWatch): Promise<string> {
  const now = ctx.clock();
  if (watch.token && now < watch.token.until - renewBefore) return watch.token.text;
  const text = ctx.newToken();
  const id = (watch.tokenId ??= `${tokenPrefix}-${ctx.newId()}`);
  const until = now + tokenLives;
  await ctx.db.transaction(async (tx) => {
    for (const other of await findAll(tx, "apiToken", { name: tokenName, createdBy: null }))
      if (other.id.startsWith(tokenPrefix) && (other.expiresAt ?? 0) <= now)
        await remove(tx, "apiToken", { id: other.id });
    await upsert(tx, "apiToken", "id", {
      id,
      name: tokenName,
      tokenHash: sha256Hex(text),
      role: "reader",
      audienceId: null,
      createdBy: null,
      createdAt: now,
      expiresAt: until,
      revokedAt: null,
      lastUsedAt: null,
    });
    await note(ctx, tx, systemActor, {
      action: "token.issued",
      subject: { kind: "token", id, name: tokenName },
      detail: { role: "reader", hours: tokenLives / hour },
    });
  });
  watch.token = { text, issuedAt: now, until };
  return text;
}

/** Somebody may have revoked it. Not at each look: where nothing mends it, each new one is a line of the journal. */
function forgetRefused(ctx: Context, watch: OwnWatch, own: OwnHead): void {
  const isRefused = !own.ok && own.code === "unauthorized";
  if (isRefused && watch.token && ctx.clock() - watch.token.issuedAt >= 10 * minute) watch.token = undefined;
}
