import { createHash, randomBytes } from "node:crypto";
import { SignJWT, importJWK } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { decide } from "#lib/consumer/decide.ts";
import { inventedKey } from "../sandbox/inventedKey.ts";
import { sandboxFetch, type SandboxFetch } from "../sandbox/sandboxFetch.ts";
import { startSandbox, type Sandbox } from "../sandbox/startSandbox.ts";
import { browse } from "./browse.ts";
import { createMcpClient } from "./createMcpClient.ts";
import { startAuthorizationServer, type AuthorizationServer } from "./startAuthorizationServer.ts";
import { startCallback } from "./startCallback.ts";
import { startMcpServer, type RunningMcpServer } from "./startMcpServer.ts";

const quill = "https://quillagent.dev/oauth/client.json";
const tidewater = "https://tidewater.dev/oauth/client.json";
const claudeCode = "https://claude.ai/oauth/claude-code-client-metadata";
const stranger = "https://bramblebot.dev/client.json";

let sandbox: Sandbox;
let web: SandboxFetch;
let mcp: RunningMcpServer;
let server: AuthorizationServer;
const entries = new Map<string, AllowlistEntry>();

const open = (redirects: AllowlistEntry["redirect_uris"], scopes = ["tickets.read"]): AllowlistEntry => ({
  status: "allow",
  redirect_uris: redirects,
  token_endpoint_auth_method: "none",
  jkts: [],
  grant_types: ["authorization_code", "refresh_token"],
  grants: [{ resource: mcp.url, scopes }],
});
const loopback = { uri: "http://127.0.0.1/callback", match: "loopback_any_port" } as const;

/** A list in memory, decided by the consumer's own pure function. */
const allowlist = {
  decide(question: Parameters<typeof decide>[0]["question"]) {
    const now = Math.floor(Date.now() / 1000);
    const head = { seq: 1, iat: now, exp: now + 600, deny: [] };
    return decide({ head, found: entries.get(question.client_id) ?? "none", question, now });
  },
  allowFetch: (client_id: string) => allowlist.decide({ client_id }).decision === "allow",
};

beforeAll(async () => {
  sandbox = await startSandbox();
  web = sandboxFetch(sandbox);
  mcp = await startMcpServer({ authorizationServer: () => server.issuer });
});
beforeEach(async () => {
  await server?.stop();
  server = await startAuthorizationServer({ allowlist, fetch: web.fetch });
  await sandbox.control.reset();
  entries.clear();
});
afterAll(async () => {
  await server?.stop();
  await mcp?.stop();
  await web?.close();
  await sandbox?.stop();
});

async function signIn(clientId: string, redirectUri = "http://127.0.0.1:51234/callback") {
  const client = createMcpClient({ serverUrl: mcp.url, clientId, redirectUri });
  const start = await client.signIn();
  return { client, start, visit: await browse(start, redirectUri) };
}

const quillDocument = async () => (await (await web.fetch(quill)).json()) as object;

/** The authorization request an SDK would not make: other scopes, or no resource. */
async function authorize(clientId: string, params: Record<string, string>) {
  const redirect_uri = params.redirect_uri ?? "http://127.0.0.1:51234/callback";
  const verifier = randomBytes(32).toString("base64url");
  const start = new URL("/auth", server.issuer);
  start.search = String(
    new URLSearchParams({
      client_id: clientId,
      response_type: "code",
      redirect_uri,
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
      ...params,
    }),
  );
  return { verifier, redirect_uri, visit: await browse(start, redirect_uri) };
}

async function post(path: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, server.issuer), {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
  });
  const text = await response.text();
  return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, string> };
}

test("a listed client signs in, calls a tool and refreshes", async () => {
  entries.set(quill, open([loopback]));
  const callback = await startCallback();
  const client = createMcpClient({ serverUrl: mcp.url, clientId: quill, redirectUri: callback.redirectUri });
  const { callback: url } = await browse(await client.signIn(), callback.redirectUri);
  await fetch(url!);
  await client.finish(await callback.arrived);
  expect(await client.call("whoami")).toEqual({ sub: "alex", client_id: quill, scopes: ["tickets.read"] });
  expect(await client.call("tickets.list")).toHaveLength(1);
  const before = client.tokens()?.access_token;
  await client.refresh();
  expect(client.tokens()?.access_token).not.toBe(before);
  expect(await client.call("whoami")).toMatchObject({ client_id: quill });
  expect(await sandbox.control.requests(quill)).toHaveLength(1);
  await client.close();
  await callback.stop();
});

test("Claude Code's recorded document works with a port that is different every time", async () => {
  entries.set(claudeCode, open([loopback]));
  const { client, visit } = await signIn(claudeCode, "http://127.0.0.1:60999/callback");
  await client.finish(visit.callback!);
  expect(await client.call("whoami")).toMatchObject({ client_id: claudeCode });
  await client.close();
});

test("an unlisted client is refused without its document being fetched", async () => {
  const { visit } = await signIn(stranger);
  expect([visit.callback, visit.status]).toEqual([undefined, 400]);
  expect(visit.text).toContain("invalid_client");
  expect(await sandbox.control.requests()).toEqual([]);
});

test("a redirect URI that is in the document but not approved is refused", async () => {
  entries.set(quill, open([{ uri: "https://quillagent.dev/oauth/callback", match: "exact" }]));
  const { visit } = await signIn(quill);
  expect([visit.callback, visit.status]).toEqual([undefined, 400]);
  expect(server.refusals).toContain("The redirect URI http://127.0.0.1:51234/callback is not approved.");
});

test("a redirect URI that is approved but gone from the document is refused", async () => {
  entries.set(quill, open([loopback]));
  const document = {
    client_id: quill,
    client_name: "Quill",
    redirect_uris: ["https://quillagent.dev/oauth/callback"],
  };
  await sandbox.control.publish({ url: quill, body: document });
  const { visit } = await signIn(quill);
  expect([visit.callback, visit.status]).toEqual([undefined, 400]);
  expect(visit.text).toContain("invalid_redirect_uri");
});

test("a pinned document that changed is refused", async () => {
  const response = await web.fetch(quill);
  const digest = createHash("sha256")
    .update(Buffer.from(await response.arrayBuffer()))
    .digest("base64url");
  entries.set(quill, { ...open([loopback]), doc_sha256: [digest], on_doc_mismatch: "deny" });
  const before = await authorize(quill, { scope: "tickets.read", resource: mcp.url });
  expect(before.visit.callback?.searchParams.get("code")).toBeTruthy();

  await server.stop();
  server = await startAuthorizationServer({ allowlist, fetch: web.fetch });
  await sandbox.control.publish({
    url: quill,
    body: { ...(await quillDocument()), client_name: "Quill Pro" },
  });
  const after = await authorize(quill, { scope: "tickets.read", resource: mcp.url });
  expect(after.visit.text).toContain("invalid_client");
  expect(server.refusals).toContain("The live document is not one that was approved.");
});

test("a scope beyond the grant is refused, at sign-in", async () => {
  entries.set(quill, open([loopback]));
  const { visit } = await authorize(quill, { scope: "tickets.read tickets.write", resource: mcp.url });
  expect(visit.callback?.searchParams.get("error")).toBe("invalid_scope");
});

test("a resource that is not granted is refused", async () => {
  entries.set(quill, open([loopback]));
  const { visit } = await authorize(quill, {
    scope: "tickets.read",
    resource: "https://mcp.somebody-else.dev/",
  });
  expect(visit.callback?.searchParams.get("error")).toBe("invalid_target");
});

test("a scope taken away is missing from the next token", async () => {
  entries.set(quill, open([loopback], ["tickets.read", "tickets.write"]));
  const { verifier, redirect_uri, visit } = await authorize(quill, {
    scope: "tickets.read tickets.write",
    resource: mcp.url,
  });
  const code = visit.callback!.searchParams.get("code")!;
  const exchange = {
    grant_type: "authorization_code",
    client_id: quill,
    code,
    redirect_uri,
    code_verifier: verifier,
  };
  const first = await post("/token", { ...exchange, resource: mcp.url });
  expect(first.body.scope).toBe("tickets.read tickets.write");
  entries.set(quill, open([loopback], ["tickets.read"]));
  const refresh = { grant_type: "refresh_token", client_id: quill, refresh_token: first.body.refresh_token! };
  expect((await post("/token", { ...refresh, resource: mcp.url })).body.scope).toBe("tickets.read");
});

test("after a deny, refresh, userinfo, introspection and authorize are refused at once", async () => {
  entries.set(quill, open([loopback]));
  const { verifier, redirect_uri, visit } = await authorize(quill, {
    scope: "openid tickets.read",
    resource: mcp.url,
  });
  const code = visit.callback!.searchParams.get("code")!;
  const exchange = {
    grant_type: "authorization_code",
    client_id: quill,
    code,
    redirect_uri,
    code_verifier: verifier,
  };
  const { body } = await post("/token", exchange);
  const refresh = { grant_type: "refresh_token", client_id: quill, refresh_token: body.refresh_token! };
  const own = (await post("/token", refresh)).body;
  const userinfo = () =>
    fetch(new URL("/me", server.issuer), { headers: { authorization: `Bearer ${own.access_token}` } });
  const introspect = () => post("/token/introspection", { client_id: quill, token: own.access_token! });
  expect((await userinfo()).status).toBe(200);
  expect((await introspect()).body).toMatchObject({ active: true });
  const fetched = await sandbox.control.requests(quill);

  entries.set(quill, { status: "deny", reason: "suspended" });
  expect(
    await post("/token", { ...refresh, refresh_token: own.refresh_token ?? body.refresh_token! }),
  ).toMatchObject({
    status: 400,
    body: { error: "invalid_client" },
  });
  expect((await userinfo()).status).toBe(400);
  expect((await introspect()).body).toMatchObject({ error: "invalid_client" });
  const again = await authorize(quill, { scope: "tickets.read", resource: mcp.url });
  expect(again.visit.text).toContain("invalid_client");
  expect(await sandbox.control.requests(quill)).toEqual(fetched);
  expect(server.refusals).toContain(`${quill} is denied: suspended.`);
});

test("a key in the document counts only when it is approved", async () => {
  const approved = inventedKey("tidewater-2026-09");
  const redirect_uri = "https://tidewater.dev/oauth/callback";
  entries.set(tidewater, {
    ...open([{ uri: redirect_uri, match: "exact" }]),
    token_endpoint_auth_method: "private_key_jwt",
    jkts: [approved.jkt],
  });
  const exchangeWith = async (seed: string) => {
    const { verifier, visit } = await authorize(tidewater, {
      scope: "tickets.read",
      resource: mcp.url,
      redirect_uri,
    });
    const assertion = await new SignJWT({ jti: randomBytes(8).toString("hex") })
      .setProtectedHeader({ alg: "ES256", kid: seed })
      .setIssuer(tidewater)
      .setSubject(tidewater)
      .setAudience(server.issuer)
      .setIssuedAt()
      .setExpirationTime("1m")
      .sign(await importJWK(inventedKey(seed).privateJwk, "ES256"));
    return post("/token", {
      grant_type: "authorization_code",
      code: visit.callback!.searchParams.get("code")!,
      redirect_uri,
      code_verifier: verifier,
      client_id: tidewater,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    });
  };
  expect((await exchangeWith("tidewater-2026-09")).status).toBe(200);
  expect(await exchangeWith("tidewater-2026-11")).toMatchObject({
    status: 401,
    body: { error: "invalid_client" },
  });
  expect(server.refusals).toContain("The key that authenticated the client is not approved.");
});
