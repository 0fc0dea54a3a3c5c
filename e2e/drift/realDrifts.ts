import type { PersonActor } from "#lib/core/Actor.ts";
import type { Grant } from "#lib/core/client.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import type { Context } from "#lib/context.ts";
import { findAll, find } from "#lib/db/rows.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { recordedVersions } from "../sandbox/realDocuments.ts";
import type { SandboxControl } from "../sandbox/SandboxControl.ts";

type Members = Readonly<Record<string, unknown>>;

/** A change that a well-known client made in 2026: the document before and after it. */
export interface RealDrift {
  readonly clientId: string;
  /** What happened, for people. */
  readonly story: string;
  readonly before: Members;
  readonly after: Members;
}

/** Documents as they were recorded; where only the later one was, the earlier one is the same without what came later. */
export function realDrifts(): RealDrift[] {
  const chatgpt = lastRecorded("https://chatgpt.com/oauth/client.json");
  const cursor = lastRecorded("https://cursor.com/oauth/mcp-client.json");
  const [oldEditor, newEditor] = recorded("https://vscode.dev/oauth/client-metadata.json");
  if (!oldEditor || !newEditor) throw new Error("Both versions of the editor's document are recorded.");
  const singular = without(chatgpt, "token_endpoint_auth_methods_supported");
  return [
    {
      clientId: String(chatgpt["client_id"]),
      story:
        "From no method to private_key_jwt: servers that know only clients without authentication refused it.",
      before: without(singular, "token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "jwks_uri"),
      after: singular,
    },
    {
      clientId: String(chatgpt["client_id"]),
      story: "From one method to a list in which none stands beside private_key_jwt.",
      before: singular,
      after: chatgpt,
    },
    {
      clientId: String(newEditor["client_id"]),
      story: "A logo appeared, on another host than the client's.",
      before: oldEditor,
      after: newEditor,
    },
    {
      clientId: String(cursor["client_id"]),
      story:
        "Callbacks changed twice within three months; the last brought another path and another organisation.",
      before: {
        ...cursor,
        redirect_uris: (cursor["redirect_uris"] as string[]).filter(
          (uri) => !uri.includes("/bot/") && !uri.startsWith("https://grok.com/"),
        ),
      },
      after: cursor,
    },
  ];
}

export interface Reviewers {
  readonly asks: PersonActor;
  readonly ownerTeamId: string;
  /** Two, of whom one is a reviewer. */
  readonly approve: readonly PersonActor[];
  readonly grants: readonly Grant[];
}

/**
 * Registers a real client as it was before the change, approves it, serves the change and looks until it counts.
 * `look` fetches the client until a difference is confirmed. Says the number of the request that waits, if one does.
 */
export async function playRealDrift(
  ctx: Context,
  control: SandboxControl,
  drift: RealDrift,
  people: Reviewers,
  look: (clientRowId: string) => Promise<unknown>,
): Promise<{ id: string; waiting: number | undefined }> {
  const url = drift.clientId;
  await control.publish({ url, body: drift.before });
  const known = await find(ctx.db, "client", { clientId: url });
  const id = known?.id ?? (await register(ctx, drift, people));
  if (known) await look(id);
  const open = async () =>
    (await findAll(ctx.db, "request", { clientRowId: id, state: "open" })).map(({ number }) => number)[0];
  const asked = await open();
  if (asked !== undefined) await approve(ctx, asked, people);
  await control.publish({ url, body: drift.after });
  await look(id);
  return { id, waiting: await open() };
}

async function register(ctx: Context, { clientId }: RealDrift, people: Reviewers): Promise<string> {
  const { id } = await registerClient(ctx, people.asks, {
    clientId,
    ownerTeamId: people.ownerTeamId,
    sponsor: people.asks.name,
    purpose: "Tools for developers.",
    grants: people.grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
    reason: "Wanted by the teams that already use it.",
  });
  return id;
}

async function approve(ctx: Context, number: number, people: Reviewers): Promise<void> {
  for (const person of people.approve) {
    const request = await find(ctx.db, "request", { number });
    if (request?.state !== "open") return;
    const snapshot = await find(ctx.db, "snapshot", { id: request.snapshotId });
    await castVote(ctx, person, {
      number,
      verdict: "approve",
      reason: "The document says what its publisher says.",
      digest: snapshot?.digest ?? "",
      excluded: [],
    });
  }
}

function recorded(url: string): Members[] {
  return recordedVersions(url).flatMap(({ body }) => (isObject(body) ? [body] : []));
}

function lastRecorded(url: string): Members {
  const body = recorded(url).at(-1);
  if (!body) throw new Error(`No document of ${url} is recorded.`);
  return body;
}

function without(members: Members, ...names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
