import { describe, expect, it } from "vitest";
import type { Question } from "./Decision.ts";
import { decide } from "./decide.ts";
import type { Namespaces } from "./decideByNamespace.ts";
import { parseNamespaces } from "./parseNamespaces.ts";
import { entry } from "./testing/harness.ts";
import type { HeadDeny, NamespaceEntry } from "./wire.ts";

const now = 1_790_000_000;
const id = "https://chat.example/oauth/abc/client.json";
const redirect = "https://chat.example/connector/oauth/abc";
const resource = "https://mcp.example/tickets";

const namespace: NamespaceEntry = {
  pattern: "https://chat.example/oauth/*/client.json",
  status: "allow",
  redirect_hosts: ["chat.example", "login.chat.example:8443"],
  loopback: false,
  token_endpoint_auth_methods: ["none", "private_key_jwt"],
  jwks_host: "chat.example",
  grant_types: ["authorization_code", "refresh_token"],
  grants: [{ resource, scopes: ["tickets.read"] }],
  exp: now + 1000,
};
const document = { client_id: id, redirect_uris: [redirect], grant_types: ["authorization_code"] };

function ask(
  question: Partial<Question>,
  namespaces: Namespaces = [namespace],
  more: { found?: ReturnType<typeof entry> | "none" | "unavailable"; deny?: HeadDeny[]; iat?: number } = {},
) {
  const { found = "none", deny = [], iat = now - 100 } = more;
  const head = { seq: 7, iat, exp: now + 1000, deny };
  return decide({ head, found, namespaces, question: { client_id: id, ...question }, now });
}
const reasons = (question: Partial<Question>, part: Partial<NamespaceEntry> = {}) =>
  ask(question, [{ ...namespace, ...part }]).reasons;

describe("a client that is not listed itself", () => {
  it("is approved as a child, and the namespace is told", () => {
    const scope = "tickets.read";
    const decision = ask({
      redirect_uri: redirect,
      resource,
      scope,
      document,
      grant_type: "authorization_code",
    });
    expect(decision).toMatchObject({ decision: "allow", reasons: [], namespace });
    expect(decision.entry).toBeUndefined();
  });

  it.each<[string, Partial<Question>, Partial<NamespaceEntry>, string[]]>([
    ["a client_id elsewhere", { client_id: "https://chat.example/oauth/abc" }, {}, ["not_listed"]],
    ["a namespace that denies", {}, { status: "deny", reason: "suspended" }, ["entry_denies"]],
    ["an approval that has ended", {}, { exp: now }, ["expired"]],
    ["a head older than max_stale", {}, { max_stale: 99 }, ["stale"]],
    ["a head as old as max_stale", {}, { max_stale: 100 }, []],
    ["a redirect to a listed host and port", { redirect_uri: "https://login.chat.example:8443/x" }, {}, []],
    [
      "a redirect to another port",
      { redirect_uri: "https://chat.example:8443/x" },
      {},
      ["redirect_not_approved"],
    ],
    [
      "a redirect with the default port",
      { redirect_uri: "https://chat.example:443/x" },
      {},
      ["redirect_not_approved"],
    ],
    [
      "a redirect to a subdomain",
      { redirect_uri: "https://a.chat.example/x" },
      {},
      ["redirect_not_approved"],
    ],
    [
      "a redirect with a user",
      { redirect_uri: "https://chat.example@evil.example/" },
      {},
      ["redirect_not_approved"],
    ],
    [
      "a user that is the host",
      { redirect_uri: "https://evil@chat.example/" },
      {},
      ["redirect_not_approved"],
    ],
    ["a backslash", { redirect_uri: "https://evil.example\\@chat.example/" }, {}, ["redirect_not_approved"]],
    [
      "a backslash behind the host",
      { redirect_uri: "https://chat.example\\.evil.example/" },
      {},
      ["redirect_not_approved"],
    ],
    ["a fragment", { redirect_uri: `${redirect}#x` }, {}, ["redirect_not_approved"]],
    ["a tab inside", { redirect_uri: "https://chat.ex\tample/" }, {}, ["redirect_not_approved"]],
    ["a host in capitals", { redirect_uri: "https://CHAT.example/x" }, {}, ["redirect_not_approved"]],
    ["a redirect over http", { redirect_uri: "http://chat.example/x" }, {}, ["redirect_not_approved"]],
    ["a scheme of its own", { redirect_uri: "chat:/x" }, {}, ["redirect_not_approved"]],
    ["javascript", { redirect_uri: "javascript:alert(1)//chat.example" }, {}, ["redirect_not_approved"]],
    ["no redirect at all", { redirect_uri: "" }, {}, ["redirect_not_approved"]],
    [
      "loopback where it is not allowed",
      { redirect_uri: "http://127.0.0.1:7/cb" },
      {},
      ["redirect_not_approved"],
    ],
    ["loopback where it is allowed", { redirect_uri: "http://127.0.0.1:7/cb" }, { loopback: true }, []],
    [
      "what only looks like loopback",
      { redirect_uri: "http://127.0.0.1.evil.example/" },
      { loopback: true },
      ["redirect_not_approved"],
    ],
    [
      "no redirect hosts",
      { redirect_uri: redirect },
      { redirect_hosts: undefined },
      ["redirect_not_approved"],
    ],
    ["another method", { token_endpoint_auth_method: "client_secret_basic" }, {}, ["auth_method_mismatch"]],
    [
      "no key where one is needed",
      { jkt: null },
      { token_endpoint_auth_methods: ["private_key_jwt"] },
      ["key_not_approved"],
    ],
    [
      "no key, though it says one",
      { jkt: null, token_endpoint_auth_method: "private_key_jwt" },
      {},
      ["key_not_approved"],
    ],
    [
      "a key where none is approved",
      { jkt: "k" },
      { token_endpoint_auth_methods: ["none"] },
      ["key_not_approved"],
    ],
    ["another grant type", { grant_type: "client_credentials" }, {}, ["grant_type_not_approved"]],
    ["another resource", { resource: `${resource}2` }, {}, ["resource_not_approved"]],
    ["another scope", { scope: "tickets.read tickets.delete" }, {}, ["scope_not_approved"]],
    ["no grants", { resource }, { grants: undefined }, ["resource_not_approved"]],
    [
      "a document of another client",
      { document: { ...document, client_id: `${id}x` } },
      {},
      ["document_mismatch"],
    ],
    [
      "a redirect its document does not list",
      { redirect_uri: `${redirect}x`, document },
      {},
      ["redirect_not_approved"],
    ],
    [
      "a document without an approved method",
      { document: { ...document, token_endpoint_auth_method: "tls_client_auth" } },
      {},
      ["auth_method_mismatch"],
    ],
    [
      "a document that asks for a key, none used",
      { jkt: null, document: { ...document, token_endpoint_auth_method: "private_key_jwt" } },
      {},
      ["key_not_approved"],
    ],
    [
      "a grant type its document does not name",
      { grant_type: "refresh_token", document },
      {},
      ["grant_type_not_approved"],
    ],
    [
      "keys at the approved host",
      { document: { ...document, jwks_uri: "https://chat.example/keys" } },
      {},
      [],
    ],
    [
      "keys elsewhere",
      { document: { ...document, jwks_uri: "https://evil.example/keys" } },
      {},
      ["key_host_not_approved"],
    ],
    [
      "keys over http",
      { document: { ...document, jwks_uri: "http://chat.example/keys" } },
      {},
      ["key_host_not_approved"],
    ],
    [
      "keys where none may be named",
      { document: { ...document, jwks_uri: "https://chat.example/keys" } },
      { jwks_host: undefined },
      ["key_host_not_approved"],
    ],
    [
      "jwks_uri that is no string",
      { document: { ...document, jwks_uri: ["https://chat.example/k"] } },
      {},
      ["key_host_not_approved"],
    ],
  ])("%s", (_, question, part, expected) => expect(reasons(question, part)).toEqual(expected));

  it("is decided by the first namespace that matches, and by it alone", () => {
    const wide = { ...namespace, pattern: "https://chat.example/*/*/client.json" };
    const suspended: NamespaceEntry = { pattern: namespace.pattern, status: "deny", reason: "suspended" };
    expect(ask({}, [suspended, wide]).reasons).toEqual(["entry_denies"]);
    expect(ask({}, [{ pattern: id, status: "deny", reason: "denied" }, namespace]).reasons).toEqual([
      "entry_denies",
    ]);
  });

  it("is denied while the namespaces cannot be read", () =>
    expect(ask({}, "unavailable").reasons).toEqual(["unavailable"]));
});

describe("what is listed itself wins", () => {
  it.each<[string, Parameters<typeof ask>[2], string[]]>([
    ["an entry that denies", { found: { status: "deny", reason: "suspended" } }, ["entry_denies"]],
    ["an entry that is narrower", { found: entry() }, ["redirect_not_approved"]],
    ["a deny by client_id", { deny: [{ client_id: id, at: 1, reason: "r" }] }, ["denied"]],
    ["a deny by host", { deny: [{ host: "chat.example", at: 1, reason: "r" }] }, ["denied"]],
    ["a deny by key", { deny: [{ jkt: "k", at: 1, reason: "r" }] }, ["denied"]],
    ["a list that could not be read", { found: "unavailable" }, ["unavailable"]],
  ])("%s", (_, more, expected) =>
    expect(ask({ redirect_uri: redirect, jkt: "k" }, [namespace], more).reasons).toEqual(expected),
  );
});

describe("parseNamespaces", () => {
  const parse = (part: object) => parseNamespaces({ v: 1, namespaces: [{ ...namespace, ...part }] });
  it("reads what it understands", () => expect(parse({})).toEqual([namespace]));

  it.each([
    ["a member it does not know", { software_statement: "x" }],
    ["a member of Object", { toString: "x" }],
    ["an unknown status", { status: "maybe" }],
    ["a pattern it does not understand", { pattern: "https://chat.example/oauth/**" }],
    ["hosts that are no list", { redirect_hosts: "chat.example" }],
    ["a host that is no text", { redirect_hosts: [1] }],
    ["loopback as text", { loopback: "yes" }],
    ["grants without scopes", { grants: [{ resource }] }],
    ["exp as text", { exp: "1" }],
    ["max_stale as text", { max_stale: "1" }],
  ])("refuses all of them for %s", (_, part) => expect(parse(part)).toBeUndefined());

  it.each([null, [], {}, { v: 2, namespaces: [] }, { v: 1, namespaces: {} }, { v: 1, namespaces: [null] }])(
    "refuses %j",
    (value) => expect(parseNamespaces(value)).toBeUndefined(),
  );
});
