import { createHash } from "node:crypto";
import type { Decision } from "@rollcall/consumer";
import { expect, test } from "vitest";
import { pinnedClients } from "./pinnedClients.ts";

const clientId = "https://tidewater.dev/oauth/client.json";
const jwks_uri = "https://tidewater.dev/oauth/jwks.json";
const document = Buffer.from(JSON.stringify({ client_id: clientId, client_name: "Tidewater", jwks_uri }));
const digest = createHash("sha256").update(document).digest("base64url");
const entry: NonNullable<Decision["entry"]> = {
  status: "allow",
  redirect_uris: [{ uri: "https://tidewater.dev/oauth/callback", match: "exact" }],
  token_endpoint_auth_method: "private_key_jwt",
  jkts: ["key"],
  grant_types: ["authorization_code", "refresh_token"],
  grants: [{ resource: "https://mcp.example/tickets", scopes: ["tickets.read", "elsewhere.read"] }],
  doc_sha256: [digest],
};
const allow: Decision = { decision: "allow", reasons: [], sentence: "", seq: 1, entry };

function clients(decision: Decision, bytes?: Uint8Array) {
  const fetched: string[] = [];
  const fetch = async (url: string | URL | Request) => {
    fetched.push(url instanceof Request ? url.url : url.toString());
    return new Response();
  };
  const pinned = pinnedClients({ decide: () => decision }, ["openid", "tickets.read"], fetch, {
    documentOf: async () => bytes,
  });
  return { ...pinned, fetched };
}

test("a client is what its entry says, in scopes the server knows", async () => {
  const { jkts: _keys, ...open } = { ...entry, token_endpoint_auth_method: "none" };
  expect(await clients({ ...allow, entry: open }).find(clientId)).toEqual({
    client_id: clientId,
    client_name: undefined,
    redirect_uris: ["https://tidewater.dev/oauth/callback"],
    application_type: "web",
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
    scope: "openid tickets.read",
  });
});

test("name and keys come from the approved document, and only its key set may be fetched", async () => {
  const pinned = clients(allow, document);
  await expect(pinned.fetch(jwks_uri)).rejects.toThrow("clients are pinned");
  expect(await pinned.find(clientId)).toMatchObject({ client_name: "Tidewater", jwks_uri });
  await pinned.fetch(jwks_uri);
  await expect(pinned.fetch(clientId)).rejects.toThrow("clients are pinned");
  expect(pinned.fetched).toEqual([jwks_uri]);
});

test("a document whose digest is not in the entry is not used", async () => {
  const found = await clients(allow, Buffer.concat([document, Buffer.from(" ")])).find(clientId);
  expect(found).toMatchObject({ client_name: undefined, jwks_uri: undefined });
});

test("a denied client is an error, not an unknown client, so that nothing else is tried", async () => {
  const denied = clients({ decision: "deny", reasons: ["not_listed"], sentence: "not on the list", seq: 1 });
  await expect(denied.find(clientId)).rejects.toMatchObject({
    error: "invalid_client",
    error_detail: "not on the list",
  });
});
