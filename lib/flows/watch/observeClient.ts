import type { Fetched, Validators } from "#lib/core/fetch/Fetched.ts";
import { mustBeUnconditional } from "#lib/core/schedule/mustBeUnconditional.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import type { DueVisit } from "#lib/db/queries/dueClients.ts";
import type { Row } from "#lib/db/rows.ts";
import { observeAnswer, observeDocument, unmodified, type Observation } from "./observeDocument.ts";

/** What the network showed of a client of the inventory. */
export interface Seen {
  readonly clientRowId: string;
  /** The snapshot that was live when it was asked, where it was read anyway. */
  readonly before?: Row<"snapshot">;
  readonly observation: Observation;
  /** Of the worker that looked; absent when a person asked for it. */
  readonly visit?: { readonly client: DueVisit };
}

export type Observable = Omit<DueVisit, "dueAt" | "isSteady" | "certificate" | "host" | "riskTier">;

/** Fetches the document of a client, and its key set, conditionally where that hides nothing. No database. */
export async function observeClient(ctx: Context, client: Observable): Promise<Seen> {
  return { clientRowId: client.id, observation: await observe(ctx, client) };
}

async function observe(ctx: Context, client: Observable): Promise<Observation> {
  if (!mayCompare(client, ctx.clock())) return observeDocument(ctx, client);
  const answer = await ctx.net.fetch({
    url: client.clientId,
    kind: "document",
    validators: validators(client.etag, client.lastModified),
  });
  const document = compared(answer, client.bodyDigest);
  if (document.outcome !== "not_modified") return observeAnswer(ctx, client, answer);
  if (!client.keySetUrl) return unmodified([document]);
  const keys = await ctx.net.fetch({
    url: client.keySetUrl,
    kind: "jwks",
    validators: validators(client.keySetEtag, client.keySetLastModified),
  });
  const keySet = compared(keys, client.keySetBodyDigest);
  if (keySet.outcome === "not_modified") return unmodified([document, keySet]);
  // Keys are judged together with the document that names them.
  return observeAnswer(ctx, client, answer.body ? answer : await wholeDocument(ctx, client), keys);
}

/** The same bytes are the same document, whether or not the host says so. */
function compared(answer: Fetched, judged: string | null): Fetched {
  if (!answer.body || judged === null || sha256Hex(answer.body) !== judged) return answer;
  return { ...answer, outcome: "not_modified", sentence: "It is byte for byte what it was." };
}

function wholeDocument(ctx: Context, { clientId }: Observable): Promise<Fetched> {
  return ctx.net.fetch({ url: clientId, kind: "document" });
}

/**
 * Whether it is enough to learn that nothing changed. A document that names a key set may hide a change of its keys, so
 * both are asked for. What differed at the last look is read and judged whole, and so is everything once a day.
 */
function mayCompare(client: Observable, now: number): boolean {
  if (client.liveSnapshotId === null || client.lookAgainAt !== null || client.keySetUrl === null)
    return false;
  return !mustBeUnconditional(client.lastUnconditionalAt, now);
}

function validators(etag: string | null, lastModified: string | null): Validators {
  return { etag: etag ?? undefined, lastModified: lastModified ?? undefined };
}
