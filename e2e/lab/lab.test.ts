import { createHash, randomBytes } from "node:crypto";
import { SignJWT, importJWK } from "jose";
import Provider from "oidc-provider";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { tryOutConfiguration } from "#examples/oidc-provider/tryOutConfiguration.ts";
import { withAllowlist } from "#examples/oidc-provider/withAllowlist.ts";
import {
  createConsumer,
  memoryStore,
  type Consumer,
  type ConsumerEvent,
} from "#lib/consumer/createConsumer.ts";
import { TestPublisher, testKey } from "#lib/consumer/testing/publisher.ts";
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
let publisher: TestPublisher;
let consumer: Consumer;
let told: (event: ConsumerEvent) => void = () => {};

const loopback = { uri: "http://127.0.0.1/callback", match: "loopback_any_port" } as const;
const open = (redirects: AllowlistEntry["redirect_uris"], scopes = ["tickets.read"]): AllowlistEntry => ({
  status: "allow",
  redirect_uris: redirects,
  token_endpoint_auth_method: "none",
  jkts: [],
  grant_types: ["authorization_code", "refresh_token"],
  grants: [{ resource: mcp.url, scopes }],
});

/** Publishes a list of one client, and waits until the authorization server decides by it. */
async function list(clientId: string, entry: AllowlistEntry) {
  await publisher.publish({ entries: [[clientId, entry]], deny: [] });
  expect((await consumer.refresh()).outcome).toBe("activated");
}

async function restart(enforcement: "enforce" | "report_only" = "enforce") {
  await server?.stop();
  await consumer?.stop();
  consumer = createConsumer({
    head: publisher.enrolment,
    mode: "mirror",
    enforcement,
    store: memoryStore(),
    onEvent: (event) => told(event),
  });
  await consumer.ready();
  server = await startAuthorizationServer({ allowlist: consumer, fetch: web.fetch });
}

beforeAll(async () => {
  sandbox = await startSandbox();
  web = sandboxFetch(sandbox);
  mcp = await startMcpServer({ authorizationServer: () => server.issuer });
  publisher = new TestPublisher({ keys: [await testKey()], now: Math.floor(Date.now() / 1000) });
  await publisher.listen();
});
beforeEach(async () => {
  await sandbox.control.reset();
  await publisher.publish({ entries: [], deny: [] });
  await restart();
});
afterAll(async () => {
  await server?.stop();
  await consumer?.stop();
  await publisher?.close();
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
  await list(quill, open([loopback]));
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
  await list(claudeCode, open([loopback]));
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
  await list(quill, open([{ uri: "https://quillagent.dev/oauth/callback", match: "exact" }]));
  const { visit } = await signIn(quill);
  expect([visit.callback, visit.status]).toEqual([undefined, 400]);
  expect(server.refusals).toContain("The redirect URI http://127.0.0.1:51234/callback is not approved.");
});

test("a redirect URI that is approved but gone from the document is refused", async () => {
  await list(quill, open([loopback]));
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

test("the only redirect URI of a document is no default when it is not approved", async () => {
  await list(quill, open([{ uri: "https://quillagent.dev/elsewhere", match: "exact" }]));
  const document = { ...(await quillDocument()), redirect_uris: ["https://quillagent.dev/oauth/callback"] };
  await sandbox.control.publish({ url: quill, body: document });
  const query = new URLSearchParams({ client_id: quill, response_type: "code", scope: "tickets.read" });
  const response = await fetch(`${server.issuer}/auth?${query}`, { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([400, null]);
});

test("a pinned document that changed is refused", async () => {
  const response = await web.fetch(quill);
  const digest = createHash("sha256")
    .update(Buffer.from(await response.arrayBuffer()))
    .digest("base64url");
  await list(quill, { ...open([loopback]), doc_sha256: [digest], on_doc_mismatch: "deny" });
  const before = await authorize(quill, { scope: "tickets.read", resource: mcp.url });
  expect(before.visit.callback?.searchParams.get("code")).toBeTruthy();

  await restart();
  await sandbox.control.publish({
    url: quill,
    body: { ...(await quillDocument()), client_name: "Quill Pro" },
  });
  const after = await authorize(quill, { scope: "tickets.read", resource: mcp.url });
  expect(after.visit.text).toContain("invalid_client");
  expect(server.refusals).toContain("The live document is not one that was approved.");
});

test("every recorded document is read but three, whatever scopes it names", async () => {
  const decide = () => ({ decision: "allow", would: "allow", reasons: [], sentence: "", seq: 1 }) as const;
  const provider = new Provider(
    server.issuer,
    withAllowlist(
      { ...tryOutConfiguration(), fetch: web.fetch },
      { allowlist: { decide }, scopes: ["tickets.read"] },
    ),
  );
  const refused: string[] = [];
  for (const { url } of (await sandbox.control.documents()).filter(
    ({ body }) => !(body as { keys?: [] } | undefined)?.keys,
  ))
    await provider.Client.find(url).catch((error: Error & { error_description: string }) =>
      refused.push(`${url}: ${error.error_description}`),
    );
  // Down, not JSON, or naming another client_id: no server may accept those.
  expect(refused.filter((line) => /fetch failed|does not match the expected value/.test(line))).toHaveLength(
    11,
  );
  expect(refused.filter((line) => !/fetch failed|does not match the expected value/.test(line))).toEqual([
    "https://app.mcpjam.com/.well-known/oauth/xaa-client-metadata.json: redirect_uris is mandatory property",
    "https://acoburn.github.io/iiw-demo/client.json: contacts can only contain email addresses",
    "https://sashankg.github.io/client-metadata.json: redirect_uris must only contain web uris",
  ]);
});

test("report-only lets an unlisted client through, and says what it would have done", async () => {
  await restart("report_only");
  const would: string[] = [];
  told = (event) => event.type === "would_deny" && would.push(event.decision.sentence);
  const { client, visit } = await signIn(stranger);
  await client.finish(visit.callback!);
  expect(await client.call("whoami")).toMatchObject({ client_id: stranger });
  expect(would).toContain(`${stranger} is not on the list.`);
  await client.close();
});

test("the server hears of a deny by itself, and it is in force before any object is read", async () => {
  await list(quill, open([loopback]));
  const { client, visit } = await signIn(quill);
  await client.finish(visit.callback!);
  const heard = new Promise<void>((resolve) => {
    told = (event) => event.type === "activated" && resolve();
  });
  consumer.start();
  await publisher.publish({ deny: [{ client_id: quill, at: publisher.now, reason: "suspended" }] });
  await heard;
  await expect(client.refresh()).rejects.toThrow("client is not approved");
  expect(server.refusals).toContain(`${quill} is denied: suspended.`);
  await client.close();
});

test("a scope beyond the grant is refused, at sign-in", async () => {
  await list(quill, open([loopback]));
  const { visit } = await authorize(quill, { scope: "tickets.read tickets.write", resource: mcp.url });
  expect(visit.callback?.searchParams.get("error")).toBe("invalid_scope");
});

test("a scope beyond the grant is refused without a resource too", async () => {
  await list(quill, open([loopback]));
  const { visit } = await authorize(quill, { scope: "tickets.write" });
  expect(visit.callback?.searchParams.get("error")).toBe("invalid_scope");
});

test("a resource that is not granted is refused", async () => {
  await list(quill, open([loopback]));
  const { visit } = await authorize(quill, {
    scope: "tickets.read",
    resource: "https://mcp.somebody-else.dev/",
  });
  expect(visit.callback?.searchParams.get("error")).toBe("invalid_target");
});

test("a scope taken away is missing from the next token", async () => {
  await list(quill, open([loopback], ["tickets.read", "tickets.write"]));
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
  await list(quill, open([loopback], ["tickets.read"]));
  const refresh = { grant_type: "refresh_token", client_id: quill, refresh_token: first.body.refresh_token! };
  expect((await post("/token", { ...refresh, resource: mcp.url })).body.scope).toBe("tickets.read");
});

test("after a deny, refresh, userinfo, introspection and authorize are refused at once", async () => {
  await list(quill, open([loopback]));
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

  await list(quill, { status: "deny", reason: "suspended" });
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
  await list(tidewater, {
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
