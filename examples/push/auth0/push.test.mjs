import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { runPush } from "../runPush.mjs";
import { entry, listExport, now } from "../testing/listExport.mjs";
import { serve } from "../testing/serve.mjs";
import { openTenant, urlLimit } from "./push.mjs";

const url = "https://app.acme.com/oauth/client.json";

/** An Auth0 tenant as its documentation has it: the documents of the internet, and the clients made of them. */
function double() {
  const tenant = { documents: {}, clients: [], tooOften: 0, made: 0, afterPreview: () => {} };
  const read = (id) => {
    const violations = [];
    const document = structuredClone(tenant.documents[id]);
    if (Buffer.byteLength(id) > 120 || /[?#]/.test(id))
      violations.push("external_client_id is not acceptable");
    if (!document) violations.push("the document cannot be fetched");
    if (document?.jwks) violations.push("inline jwks is not supported");
    if (document?.jwks_uri && new URL(document.jwks_uri).origin !== new URL(id).origin)
      violations.push("jwks_uri is of another origin");
    const { redirect_uris: callbacks, token_endpoint_auth_method: method, grant_types } = document ?? {};
    const mapped_fields = {
      grant_types,
      external_client_id: id,
      callbacks,
      ...(method === "private_key_jwt"
        ? { client_authentication_methods: { private_key_jwt: { credentials: [] } } }
        : { token_endpoint_auth_method: method }),
    };
    return { validation: { valid: violations.length === 0, violations, warnings: [] }, mapped_fields };
  };
  const answer = (method, { pathname, searchParams }, body, headers) => {
    if (headers.authorization !== "Bearer token") return [401, { message: "Unauthorized" }];
    if (tenant.tooOften-- > 0) return [429, {}, { "retry-after": "2" }];
    if (method === "GET" && pathname === "/api/v2/clients") {
      const from = Number(searchParams.get("from") ?? 0);
      // Smaller pages than asked for, so that there is more than one.
      const clients = tenant.clients.slice(from, from + 2);
      return [200, { clients, ...(tenant.clients.length > from + 2 ? { next: String(from + 2) } : {}) }];
    }
    if (method === "POST" && pathname === "/api/v2/clients/cimd/preview") {
      const preview = read(body.external_client_id);
      tenant.afterPreview();
      return [200, preview];
    }
    if (method === "POST" && pathname === "/api/v2/clients/cimd/register") {
      const { validation, mapped_fields } = read(body.external_client_id);
      if (!validation.valid) return [400, { message: validation.violations.join() }];
      let client = tenant.clients.find((each) => each.external_client_id === body.external_client_id);
      const status = client ? 200 : 201;
      if (!client) tenant.clients.push((client = { client_id: `tpc_${++tenant.made}` }));
      Object.assign(client, mapped_fields);
      return [status, { client_id: client.client_id, mapped_fields, validation }];
    }
    const id = /^\/api\/v2\/clients\/([^/]+)$/.exec(pathname)?.[1];
    const client = tenant.clients.find((each) => each.client_id === id);
    if (method !== "PATCH" || !client) return [404, { message: "Not found" }];
    if (client.locked) return [403, { message: "Forbidden" }];
    if (Object.values(body.client_metadata ?? {}).some((text) => text.length > 255))
      return [400, { message: "long" }];
    return [200, Object.assign(client, body)];
  };
  return { tenant, answer };
}

describe("Auth0", () => {
  const { tenant, answer } = double();
  let list;
  let auth0;
  let lines;
  let waited;

  beforeAll(async () => {
    list = await listExport();
    auth0 = await serve(answer);
  });
  afterAll(() => [list, auth0].forEach(({ close }) => close()));
  beforeEach(() => {
    Object.assign(list.state, { entries: { [url]: entry }, exp: now / 1000 + 3600, status: 200 });
    const document = {
      redirect_uris: ["https://app.acme.com/callback"],
      grant_types: ["authorization_code"],
    };
    Object.assign(tenant, {
      documents: {
        [url]: {
          ...document,
          token_endpoint_auth_method: "none",
        },
      },
      clients: [],
      tooOften: 0,
      made: 0,
      afterPreview: () => {},
    });
    [lines, waited] = [[], []];
    auth0.calls.length = 0;
  });

  const push = (...argv) => {
    lines.length = 0;
    return runPush(openTenant, {
      env: {
        ROLLCALL_EXPORT: `${list.base}/v1/lists/prod/export/json`,
        ROLLCALL_TOKEN: "rcc_test",
        AUTH0_DOMAIN: auth0.base,
        AUTH0_TOKEN: "token",
      },
      argv,
      print: (line) => lines.push(line),
      sleep: async (ms) => void waited.push(ms),
      now: () => now,
    });
  };
  const output = () => lines.join("\n");
  const writes = () => auth0.calls.filter((call) => !call.startsWith("GET"));

  test("a plan changes nothing", async () => {
    expect(await push()).toBe(0);
    expect(output()).toContain(`create   ${url}`);
    expect(writes()).toEqual([]);
  });

  test("an approved client is registered, marked as ours, and left alone from then on", async () => {
    expect(await push("--apply")).toBe(0);
    expect(tenant.clients).toMatchObject([
      {
        external_client_id: url,
        grant_types: ["authorization_code"],
        client_metadata: { managed_by: "rollcall", rollcall_list: "prod" },
      },
    ]);
    auth0.calls.length = 0;
    expect(await push("--apply")).toBe(0);
    expect(output()).toContain("Nothing to do.");
    expect(writes()).toEqual([]);
  });

  test("one client that cannot be switched off keeps nobody else admitted", async () => {
    const other = "https://other.acme.com/c.json";
    tenant.documents[other] = tenant.documents[url];
    list.state.entries = { [url]: entry, [other]: entry };
    await push("--apply");
    tenant.clients[0].locked = true;
    list.state.entries = {};
    expect(await push("--apply", "--allow-empty")).toBe(2);
    expect(tenant.clients.map((client) => client.grant_types)).toEqual([["authorization_code"], []]);
    expect(output()).toMatch(/^Stopped: .*could not be switched off.*app\.acme\.com/m);
  });

  test("a client that lost its approval can do nothing any more, and comes back when it is approved again", async () => {
    await push("--apply");
    const other = "https://other.acme.com/c.json";
    tenant.documents[other] = tenant.documents[url];
    list.state.entries = { [other]: entry };
    expect(await push("--apply")).toBe(0);
    expect(lines[1]).toContain(`disable  ${url}`);
    expect(tenant.clients[0].grant_types).toEqual([]);
    list.state.entries = { [url]: entry, [other]: entry };
    await push("--apply");
    expect(output()).toContain(`restore  ${url}`);
    expect(tenant.clients.map((client) => client.grant_types)).toEqual([
      ["authorization_code"],
      ["authorization_code"],
    ]);
  });

  test("a document that names no grant type has the default one, before and after it was disabled", async () => {
    delete tenant.documents[url].grant_types;
    await push("--apply");
    expect(tenant.clients[0].grant_types).toEqual(["authorization_code"]);
    list.state.entries = {};
    await push("--apply", "--allow-empty");
    list.state.entries = { [url]: entry };
    await push("--apply");
    expect(tenant.clients[0].grant_types).toEqual(["authorization_code"]);
    expect(await push("--apply", "--adopt", "https://app.acme.com/typo.json")).toBe(2);
    expect(output()).toContain("typo.json");
  });

  test("what somebody switched off by hand stays off, unless it is named", async () => {
    await push("--apply");
    tenant.clients[0].grant_types = [];
    expect(await push("--apply")).toBe(0);
    expect(output()).toMatch(/leave .*switched it off/);
    expect(tenant.clients[0].grant_types).toEqual([]);
    await push("--apply", "--adopt", url);
    expect(tenant.clients[0].grant_types).toEqual(["authorization_code"]);
  });

  test("what somebody else made is never touched, unless it is named", async () => {
    const theirs = { client_id: "tpc_x", external_client_id: url, grant_types: ["authorization_code"] };
    const stranger = {
      client_id: "tpc_y",
      external_client_id: "https://evil.com/c",
      grant_types: ["implicit"],
    };
    const ofAnotherList = { managed_by: "rollcall", rollcall_list: "staging" };
    const third = {
      client_id: "z",
      external_client_id: "https://z.com/c",
      grant_types: ["x"],
      client_metadata: ofAnotherList,
    };
    tenant.clients = [theirs, { client_id: "first-party" }, stranger, third].map((client) => ({ ...client }));
    expect(await push("--apply")).toBe(0);
    expect(output().match(/^leave /gm)).toHaveLength(3);
    expect(writes()).toEqual([]);
    expect(await push("--apply", "--adopt", url)).toBe(0);
    expect(tenant.clients[0].client_metadata).toMatchObject({ managed_by: "rollcall" });
    expect(tenant.clients.slice(1)).toEqual([{ client_id: "first-party" }, stranger, third]);
  });

  test.each([
    ["a redirect URI", { redirect_uris: ["https://app.acme.com/callback", "https://evil.com/cb"] }],
    ["a grant type", { grant_types: ["authorization_code", "client_credentials"] }],
    ["another way to authenticate", { token_endpoint_auth_method: "private_key_jwt" }],
  ])("a document with %s more than was approved is not registered", async (_what, change) => {
    Object.assign(tenant.documents[url], change);
    expect(await push("--apply")).toBe(1);
    expect(output()).toMatch(/refused .*not approved/);
    expect(tenant.clients).toEqual([]);
  });

  test("a document that grows between the look and the registration is disabled at once", async () => {
    tenant.afterPreview = () => tenant.documents[url].redirect_uris.push("https://evil.com/cb");
    expect(await push("--apply")).toBe(1);
    expect(tenant.clients).toMatchObject([{ grant_types: [], client_metadata: { managed_by: "rollcall" } }]);
  });

  test("an approval that shrank below what Auth0 keeps disables the client", async () => {
    await push("--apply");
    list.state.entries = { [url]: { ...entry, redirect_uris: [] } };
    expect(await push("--apply")).toBe(1);
    expect(tenant.clients[0].grant_types).toEqual([]);
  });

  test.each([
    ["inline keys", { jwks: { keys: [] } }],
    ["keys at another origin", { jwks_uri: "https://keys.evil.com/jwks.json" }],
  ])("a document with %s is reported with Auth0's words", async (_what, change) => {
    Object.assign(tenant.documents[url], change);
    expect(await push("--apply")).toBe(1);
    expect(output()).toMatch(/refused .*jwks/);
  });

  test("one that Auth0 cannot take is told beforehand and stops nobody else", async () => {
    const long = `https://app.acme.com/${"x".repeat(120)}.json`;
    list.state.entries = { [long]: entry, [url]: entry };
    expect(await push("--apply")).toBe(1);
    expect(output()).toContain(`cannot   ${long}  (Auth0 takes URLs of at most 120 bytes.)`);
    expect(tenant.clients).toHaveLength(1);
  });

  test("it waits as long as it is told when it asks too often", async () => {
    tenant.tooOften = 2;
    expect(await push("--apply")).toBe(0);
    expect(waited).toEqual([2000, 2000]);
    tenant.tooOften = 100;
    expect(await push("--apply")).toBe(2);
  });

  test.each([
    ["an export that has ended", { exp: now / 1000 }],
    ["an error instead of an export", { status: 503 }],
    ["an export of another form", { entries: [] }],
    ["a list that approves nobody", { entries: {} }],
  ])("%s changes nothing", async (_what, change) => {
    await push("--apply");
    auth0.calls.length = 0;
    Object.assign(list.state, change);
    expect(await push("--apply")).toBe(2);
    expect(output()).toMatch(/Stopped: /);
    expect(writes()).toEqual([]);
  });

  test("that nobody is approved can be meant", async () => {
    await push("--apply");
    list.state.entries = {};
    expect(await push("--apply", "--allow-empty")).toBe(0);
    expect(tenant.clients[0].grant_types).toEqual([]);
  });

  test("its own output holds no token", async () => {
    await push("--apply");
    expect(output()).not.toMatch(/rcc_test|token/);
  });
});

test.each([
  [url, true],
  ["http://app.acme.com/c", false],
  ["https://app.acme.com/c?x", false],
  ["https://app.acme.com/c#x", false],
  ["https://u@app.acme.com/c", false],
  ["https://app.acme.com/", false],
  ["https://app.acme.com/a/../c", false],
  ["https://app.acme.com/a/%2e/c", false],
  ["https://localhost/c", false],
  ["https://app.acme.com:0/c", false],
  ["https://app.acme.com/%zz", false],
  [`https://app.acme.com/${"ü".repeat(60)}`, false],
  ["nonsense", false],
])("%s can be sent to Auth0: %s", (clientId, fine) => {
  expect(urlLimit(clientId) === undefined).toBe(fine);
});
