import { documentOf } from "#lib/core/document/parseDocument.ts";
import type { Context } from "#lib/context.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";
import { snapshotDigest } from "#lib/flows/watch/observeDocument.ts";
import type { SandboxDocument } from "../sandbox/SandboxDocument.ts";

/** Client documents spread over hosts of their own, a few on each. */
export function manyDocuments(count: number, perHost = 10): SandboxDocument[] {
  return Array.from({ length: count }, (_, index) => {
    const host = `fleet-${Math.floor(index / perHost)}.dev`;
    const url = `https://${host}/clients/${index}.json`;
    return { url, body: documentBody(url, index) };
  });
}

export function documentBody(url: string, index: number, more: readonly string[] = []): object {
  const { origin } = new URL(url);
  return {
    client_id: url,
    client_name: `Fleet ${index}`,
    redirect_uris: [`${origin}/callback/${index}`, ...more],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };
}

/** Approved clients with these documents, all due at once: rows as approvals leave them, without ten thousand votes. */
export async function seedClients(
  ctx: Context,
  documents: readonly SandboxDocument[],
  { ownerTeamId, resource }: { ownerTeamId: string; resource: string },
): Promise<void> {
  const now = ctx.clock();
  for (let from = 0; from < documents.length; from += 500)
    await ctx.db.transaction(async (tx) => {
      const rows = documents
        .slice(from, from + 500)
        .map((document) => rowsOf(ctx, document, ownerTeamId, now));
      await insert(tx, "client", ...rows.map((each) => each.client));
      await insert(tx, "snapshot", ...rows.map((each) => each.snapshot));
      await insert(
        tx,
        "grant",
        ...rows.map(({ client }) => ({
          id: ctx.newId(),
          clientRowId: client.id,
          resource,
          scopes: ["tickets.read"],
          requestId: "seed",
          createdAt: now,
        })),
      );
    });
}

function rowsOf(
  ctx: Context,
  { url, body }: SandboxDocument,
  ownerTeamId: string,
  now: number,
): { client: NewRow<"client">; snapshot: NewRow<"snapshot"> } {
  const text = JSON.stringify(body);
  const document = documentOf({ value: body, faults: [], text, bytes: text.length });
  const { digests, effective } = document;
  if (!digests || !effective) throw new Error(`${url} cannot be read.`);
  const id = ctx.newId();
  const snapshotId = ctx.newId();
  const host = new URL(url).hostname;
  return {
    client: {
      id,
      clientId: url,
      host,
      domain: host,
      name: effective.client_name ?? host,
      profile: "ietf",
      lifecycle: "approved",
      lifecycleAt: now,
      sync: "in_sync",
      riskTier: "high",
      riskReasons: [],
      ownerTeamId,
      sponsor: "Seed",
      purpose: "Seed",
      liveSnapshotId: snapshotId,
      approvedSnapshotId: snapshotId,
      approvedAt: now,
      validUntil: now + 180 * 86_400_000,
      selfApproved: false,
      lastFetchedAt: now,
      lastOutcome: "ok",
      lastUnconditionalAt: now,
      failures: 0,
      nextFetchAt: now,
      createdAt: now,
      updatedAt: now,
      revision: 1,
    },
    snapshot: {
      id: snapshotId,
      clientRowId: id,
      number: 1,
      digest: snapshotDigest(document) ?? "",
      rawDigest: digests.raw,
      canonicalDigest: digests.canonical,
      semanticDigest: digests.semantic,
      documentText: text,
      metadata: effective,
      keys: [],
      results: [],
      errors: 0,
      warnings: 0,
      firstSeenAt: now,
    },
  };
}
