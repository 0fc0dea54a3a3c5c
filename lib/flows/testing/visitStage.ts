import { minute, type Instant } from "#lib/core/Instant.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import type { Database } from "#lib/db/Database.ts";
import { find, insert, type NewRow, type Row } from "#lib/db/rows.ts";
import type { FetchRequest } from "#lib/net/NetOptions.ts";
import { openTestContext, start, type TestContext } from "./openTestContext.ts";

/** A worker whose network is a function, with what it asked for and when. */
export interface VisitStage extends TestContext {
  readonly asked: readonly (FetchRequest & { readonly at: Instant })[];
  /** What the network answers; everything else is a document with an ETag, and 304 to who names it. */
  answer: (request: FetchRequest) => Fetched | undefined | Promise<Fetched | undefined>;
}

export async function openVisitStage(db: Database, ids?: string): Promise<VisitStage> {
  const ctx = await openTestContext(db, { ids });
  const asked: (FetchRequest & { at: Instant })[] = [];
  const stage: VisitStage = {
    ...ctx,
    asked,
    answer: () => undefined,
    net: {
      ...ctx.net,
      fetch: async (request) => {
        asked.push({ ...request, at: ctx.clock() });
        await Promise.resolve();
        return (await stage.answer(request)) ?? documentOf(request);
      },
    },
  };
  return stage;
}

export function documentOf(request: FetchRequest, members: Record<string, unknown> = {}): Fetched {
  const etag = '"v1"';
  if (request.validators?.etag === etag) return { ...failed(request, "not_modified"), status: 304 };
  const { origin } = new URL(request.url);
  const document = {
    client_id: request.url,
    client_name: "Example client",
    redirect_uris: [`${origin}/callback`],
    token_endpoint_auth_method: "none",
    ...members,
  };
  const body = new TextEncoder().encode(JSON.stringify(document));
  return {
    ...failed(request, "ok"),
    status: 200,
    headers: { "content-type": "application/json", etag },
    body,
    bytes: body.length,
  };
}

const tls = {
  protocol: "TLSv1.3",
  certificateSha256: "ab".repeat(32),
  issuer: "CN=Example CA",
  subject: "CN=example.com",
  validFrom: "2026-01-01T00:00:00.000Z",
  validTo: "2027-01-01T00:00:00.000Z",
};

export function failed({ url, kind }: FetchRequest, outcome: Fetched["outcome"]): Fetched {
  const sentence = `It ended as ${outcome}.`;
  return { url, kind, outcome, sentence, headers: {}, bytes: 0, milliseconds: 1, address: "192.0.2.1", tls };
}

/** A client that was never looked at and is due. */
export function dueClient(clientId: string, members: Partial<NewRow<"client">> = {}): NewRow<"client"> {
  const { hostname } = new URL(clientId);
  return {
    id: clientId.replace("https://", ""),
    clientId,
    host: hostname,
    domain: hostname.split(".").slice(-2).join("."),
    name: hostname,
    profile: "ietf",
    lifecycle: "discovered",
    lifecycleAt: 0,
    sync: "never_fetched",
    riskTier: "low",
    riskReasons: [],
    selfApproved: false,
    failures: 0,
    nextFetchAt: start - minute,
    createdAt: 0,
    updatedAt: 0,
    revision: 1,
    ...members,
  };
}

export async function addClients(ctx: TestContext, ...rows: NewRow<"client">[]): Promise<void> {
  await ctx.db.transaction((tx) => insert(tx, "client", ...rows));
}

export async function clientOf(ctx: TestContext, id: string): Promise<Row<"client">> {
  const row = await find(ctx.db, "client", { id });
  if (!row) throw new Error(`No client ${id}.`);
  return row;
}
