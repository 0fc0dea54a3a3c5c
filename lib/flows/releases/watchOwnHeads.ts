import { verifyOwnHead, type OwnHead } from "#lib/consumer/verifyOwnHead.ts";
import { minute, second } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { headSignedBefore } from "#lib/db/queries/latestHead.ts";
import { findAll, upsert, type Row } from "#lib/db/rows.ts";
import { setCondition } from "#lib/flows/setCondition.ts";

/** An older head means that nothing is signed any more, or that something on the way hands out an old one. */
const oldAt = 30 * minute;

/** Until then the way may still hand out the head before. */
const settled = minute;

/** Once may be a restart: a list is in trouble when it is so twice in a row. */
const faultsBeforeTold = 2;

const tokenId = "own-list-watch";

/** What one worker remembers between two looks. */
export interface OwnWatch {
  token?: string;
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
    const token = audience.isPrivate ? (watch.token ??= await issueOwnToken(ctx)) : undefined;
    const fault = faultOf(ctx, await lookAt(ctx, audience, published, token, fetch));
    const faults = fault ? (watch.faults.get(audience.id) ?? 0) + 1 : 0;
    watch.faults.set(audience.id, faults);
    // Somebody may have revoked it, or another worker made one of its own.
    if (fault) watch.token = undefined;
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

/** A token of the worker's own, good for reading only; one at a time, so that none is left behind. */
async function issueOwnToken(ctx: Context): Promise<string> {
  const token = ctx.newToken();
  await ctx.db.transaction((tx) =>
    upsert(tx, "apiToken", "id", {
      id: tokenId,
      name: "Rollcall's look at its own lists",
      tokenHash: sha256Hex(token),
      role: "reader",
      audienceId: null,
      createdBy: null,
      createdAt: ctx.clock(),
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    }),
  );
  return token;
}
