import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Decision } from "@rollcall/consumer";
import { decide } from "../../lib/consumer/decide.ts";
import { testKey } from "../../lib/consumer/testing/publisher.ts";
import { approvedDocuments } from "./approvedDocuments.ts";

const client_id = "https://tidewater.dev/oauth/client.json";
const jwks_uri = "https://tidewater.dev/oauth/jwks.json";
const redirect = "https://tidewater.dev/oauth/callback";
type Entry = NonNullable<Decision["entry"]>;
const [approved, gained] = [await testKey(), await testKey()];
const document = {
  client_id,
  client_name: "Tidewater",
  redirect_uris: [redirect, "https://somebody-else.dev/callback"],
  grant_types: ["authorization_code", "client_credentials"],
  scope: "tickets.admin",
  token_endpoint_auth_method: "private_key_jwt",
  jwks_uri,
};
const served = new Map<string, unknown>([
  [client_id, document],
  [jwks_uri, { keys: [approved.publicJwk, gained.publicJwk] }],
]);
const entry: Entry = {
  status: "allow",
  redirect_uris: [{ uri: redirect, match: "exact" }],
  token_endpoint_auth_method: "private_key_jwt",
  jkts: [approved.kid],
  grant_types: ["authorization_code"],
  grants: [],
};

type Found = Entry | "none";
function transport(given: Found | ((clientId: string) => Found), reportOnly = false) {
  const head = { seq: 1, iat: 0, exp: 1000, deny: [] };
  const judge = (question: Parameters<typeof decide>[0]["question"]) => {
    const found = typeof given === "function" ? given(question.client_id) : given;
    const decision = decide({ head, found, question, now: 10 });
    return reportOnly ? { ...decision, decision: "allow" as const, would: decision.decision } : decision;
  };
  const fetch = async (url: RequestInfo | URL) =>
    Response.json(served.get(url as string), { headers: { "cache-control": "max-age=60" } });
  return approvedDocuments(fetch, { decide: judge, allowFetch: () => true });
}
const read = async (answer: Response | Promise<Response>) => (await answer).json() as Promise<unknown>;

test("a document is reduced to what is approved, and keeps its freshness", async () => {
  const answer = await transport(entry)(client_id);
  expect(answer.headers.get("cache-control")).toBe("max-age=60");
  const { scope: _left, ...rest } = document;
  expect(await read(answer)).toEqual({
    ...rest,
    redirect_uris: [redirect],
    grant_types: ["authorization_code"],
  });
});

test("a key set loses the keys that are not approved", async () => {
  const fetch = transport(entry);
  await fetch(client_id);
  expect(await read(fetch(jwks_uri))).toEqual({ keys: [approved.publicJwk] });
});

const other = "https://elsewhere.example/client.json";

test("who names somebody else's key set, or document, changes nothing of it", async () => {
  served.set(other, { ...document, client_id: other });
  const fetch = transport(entry);
  await fetch(client_id);
  const open: Entry = { ...entry, jkts: [] };
  const both = transport((id) => (id === other ? open : entry));
  await both(client_id);
  await both(other);
  expect(await read(both(jwks_uri))).toEqual({ keys: [approved.publicJwk] });

  served.set(other, { ...document, client_id: other, jwks_uri: client_id });
  await fetch(other);
  expect(await read(fetch(client_id))).toMatchObject({ client_id, redirect_uris: [redirect] });
  served.delete(other);
});

test("of clients that share a key set each is held to its own keys", async () => {
  const sibling = "https://tidewater.dev/oauth/sibling.json";
  served.set(sibling, { ...document, client_id: sibling });
  const fetch = transport((id) => (id === sibling ? { ...entry, jkts: [] } : entry));
  for (const id of [client_id, sibling]) await fetch(id);
  expect(await read(fetch(jwks_uri))).toEqual({ keys: [approved.publicJwk] });
  served.delete(sibling);
});

test("a key set that calls itself a document brings no keys in", async () => {
  served.set(jwks_uri, { client_id: jwks_uri, keys: [gained.publicJwk] });
  const fetch = transport(entry);
  await fetch(client_id);
  expect(await read(fetch(jwks_uri))).not.toHaveProperty("keys");
  served.set(jwks_uri, { keys: [approved.publicJwk, gained.publicJwk] });
});

test("keys inside a document too", async () => {
  served.set(client_id, { ...document, jwks_uri: undefined, jwks: { keys: [gained.publicJwk] } });
  expect(await read(transport(entry)(client_id))).toMatchObject({ jwks: { keys: [] } });
  served.set(client_id, document);
});

test("another document than the pinned one does not come through", async () => {
  const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("base64url");
  const pin = (value: unknown): Entry => ({ ...entry, doc_sha256: [digest(value)], on_doc_mismatch: "deny" });
  await expect(transport(pin({ ...document, client_name: "Other" }))(client_id)).rejects.toThrow(/document/);
  await expect(transport(pin(document))(client_id)).resolves.toMatchObject({ status: 200 });
});

test("an unlisted client's document and key set do not come through", async () => {
  await expect(transport("none")(client_id)).rejects.toThrow("is not on the list");
});

test("report-only hands everything over as it is", async () => {
  expect(await read(transport("none", true)(client_id))).toEqual(document);
});
