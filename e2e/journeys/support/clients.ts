import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import type { SandboxControl } from "../../sandbox/SandboxControl.ts";
import { read, send } from "./api.ts";

/** A client of one journey; nobody else's story touches it. */
export interface JourneyClient {
  readonly name: string;
  readonly clientId: string;
  readonly document: Readonly<Record<string, unknown>>;
}

export interface AskedClient extends JourneyClient {
  readonly id: string;
  readonly requestNumber: number;
}

interface RequestRecord {
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly digest: string;
  readonly client: { readonly id: string; readonly client_id: string };
}

/** Puts a valid document at an address that was never used before. */
export async function publishClient(
  sandbox: SandboxControl,
  word: string,
  members: Record<string, unknown> = {},
): Promise<JourneyClient> {
  const host = `${word}-${randomBytes(3).toString("hex")}.dev`;
  const clientId = `https://${host}/oauth/client.json`;
  const name = host
    .replace(".dev", "")
    .replace("-", " ")
    .replace(/^./, (letter) => letter.toUpperCase());
  const document = {
    client_id: clientId,
    client_name: name,
    redirect_uris: [`https://${host}/callback`],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    ...members,
  };
  await sandbox.publish({ url: clientId, body: document });
  return { name, clientId, document };
}

/** A member asks for a new client, which waits for its votes. */
export async function askFor(
  member: Page,
  sandbox: SandboxControl,
  word: string,
  members?: Record<string, unknown>,
): Promise<AskedClient> {
  const client = await publishClient(sandbox, word, members);
  const made = await send<{ id: string; request_number: number }>(member, "/clients", {
    client_id: client.clientId,
    owner_team_id: await ownTeam(member),
    sponsor: "Ines Whitfield",
    purpose: "Searches documents",
    grants: [{ resource: "https://mcp.ferncastle.example/docs", scopes: ["docs.search"] }],
    reason: "The team tries it for a month.",
  });
  return { ...client, id: made.id, requestNumber: made.request_number };
}

/** The votes that its tier asks for. */
export async function approve(voters: readonly Page[], requestNumber: number): Promise<void> {
  for (const voter of voters) {
    const request = await read<RequestRecord>(voter, `/requests/${requestNumber}`);
    if (request.state !== "open") break;
    await send(voter, `/requests/${requestNumber}/votes`, {
      verdict: "approve",
      reason: "Owner and purpose are clear.",
      digest: request.digest,
    });
  }
}

/** A client that two people approved. */
export async function approved(
  { member, voters }: { readonly member: Page; readonly voters: readonly Page[] },
  sandbox: SandboxControl,
  word: string,
  members?: Record<string, unknown>,
): Promise<AskedClient> {
  const client = await askFor(member, sandbox, word, members);
  await approve(voters, client.requestNumber);
  return client;
}

/**
 * The client changes, and the change counts without a second look two minutes later: a document that is another one
 * each time it is read counts at the third time.
 */
export async function change(
  page: Page,
  sandbox: SandboxControl,
  { id, clientId, document }: AskedClient,
  members: Record<string, unknown>,
): Promise<void> {
  for (const more of [{ software_version: "0.1" }, { software_version: "0.2" }, members]) {
    await sandbox.publish({ url: clientId, body: { ...document, ...more } });
    await refresh(page, id);
  }
}

/** Fetches the client now, as its owner may. */
export async function refresh(page: Page, id: string): Promise<void> {
  await send(page, `/clients/${id}/refresh`, {});
}

export async function openRequests(page: Page): Promise<readonly RequestRecord[]> {
  return (await read<{ requests: RequestRecord[] }>(page, "/requests?state=open&limit=500")).requests;
}

/** The number of the open request of a client that is found by part of its client_id. */
export async function requestOf(page: Page, part: string): Promise<number> {
  const found = (await openRequests(page)).find((each) => each.client.client_id.includes(part));
  if (!found) throw new Error(`No open request is about ${part}.`);
  return found.number;
}

export async function clientIdOf(page: Page, part: string): Promise<string> {
  const { clients } = await read<{ clients: { id: string }[] }>(
    page,
    `/clients?q=${encodeURIComponent(part)}`,
  );
  if (!clients[0]) throw new Error(`No client is found by ${part}.`);
  return clients[0].id;
}

/** The team that the demo's member belongs to: it owns Tidewater. */
async function ownTeam(member: Page): Promise<string> {
  const { owner_team_id } = await read<{ owner_team_id: string }>(
    member,
    `/clients/${await clientIdOf(member, "tidewater.dev")}`,
  );
  return owner_team_id;
}
