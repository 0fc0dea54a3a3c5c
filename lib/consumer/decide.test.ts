import { describe, expect, it } from "vitest";
import type { Question } from "./Decision.ts";
import type { DecidingHead, Found } from "./decide.ts";
import { decide } from "./decide.ts";
import { entry } from "./testing/harness.ts";
import type { AllowlistEntry, HeadDeny } from "./wire.ts";

const now = 1_790_000_000;
const id = "https://app.example/c.json";
const head: DecidingHead = { seq: 7, iat: now - 100, exp: now + 1000, deny: [] };
const keyed = entry({ token_endpoint_auth_method: "private_key_jwt", jkts: ["k1", "k2"] });
const document = { client_id: id, redirect_uris: ["https://app.example/cb"] };

function reasons(question: Partial<Question>, found: Found = entry(), deny: HeadDeny[] = []) {
  return decide({ head: { ...head, deny }, found, question: { client_id: id, ...question }, now }).reasons;
}

describe("the head decides first", () => {
  it.each<[string, DecidingHead | null, string[]]>([
    ["no head", null, ["no_list"]],
    ["expired for 60 s", { ...head, exp: now - 60 }, ["head_expired"]],
    ["expired within the skew", { ...head, exp: now - 59 }, []],
  ])("%s", (_, each, expected) => {
    expect(decide({ head: each, found: entry(), question: { client_id: id }, now }).reasons).toEqual(
      expected,
    );
  });

  it("an older tree counts only until the head it came with expires", () => {
    const input = { head, found: entry(), question: { client_id: id }, now };
    expect(decide({ ...input, treeHead: { iat: now, exp: now - 61 } }).reasons).toEqual(["head_expired"]);
  });

  it("max_stale is measured from the head an older tree came with", () => {
    const input = {
      head: { ...head, iat: now },
      found: entry({ max_stale: 900 }),
      question: { client_id: id },
      now,
    };
    expect(decide({ ...input, treeHead: { iat: now - 900, exp: now + 1 } }).reasons).toEqual([]);
    expect(decide({ ...input, treeHead: { iat: now - 901, exp: now + 1 } }).reasons).toEqual(["stale"]);
  });

  it.each<[string, Partial<HeadDeny>, Partial<Question>, Found, string[]]>([
    ["client_id", { client_id: id }, {}, entry(), ["denied"]],
    ["client_id of another", { client_id: `${id}x` }, {}, entry(), []],
    ["client_id that only normalises to it", { client_id: "https://APP.example/c.json" }, {}, entry(), []],
    ["host", { host: "app.example" }, {}, entry(), ["denied"]],
    ["host in capitals", { host: "APP.example" }, {}, entry(), ["denied"]],
    ["host of a subdomain", { host: "example" }, {}, entry(), []],
    [
      "host that is written as the root of the DNS has it",
      { host: "app.example" },
      { client_id: "https://app.example./c.json" },
      entry(),
      ["denied"],
    ],
    [
      "host and port that are written so",
      { host: "app.example.:8443" },
      { client_id: "https://app.example:8443/c.json" },
      entry(),
      ["denied"],
    ],
    ["key used", { jkt: "k1" }, { jkt: "k1" }, keyed, ["denied"]],
    ["another key of the client", { jkt: "k1" }, { jkt: "k2" }, keyed, []],
    ["before anything was found", { client_id: id }, {}, "unavailable", ["denied"]],
  ])("deny by %s", (_, selector, question, found, expected) => {
    expect(reasons(question, found, [{ at: 1, reason: "r", ...selector }])).toEqual(expected);
  });

  it("denies of every key of a client deny the client", () => {
    const denies = ["k1", "k2"].map((jkt) => ({ jkt, at: 1, reason: "r" }));
    expect(reasons({}, keyed, denies)).toEqual(["denied"]);
  });
});

describe("the entry", () => {
  it.each<[string, Found, Partial<Question>, string[]]>([
    ["not listed", "none", {}, ["not_listed"]],
    ["not to be had", "unavailable", {}, ["unavailable"]],
    ["a deny", { status: "deny", reason: "suspended" }, {}, ["entry_denies"]],
    ["ended", entry({ exp: now }), {}, ["expired"]],
    ["ends later", entry({ exp: now + 1 }), {}, []],
    ["fresh enough", entry({ max_stale: 100 }), {}, []],
    ["too stale", entry({ max_stale: 99 }), {}, ["stale"]],
    ["redirect", entry(), { redirect_uri: "https://app.example/cb" }, []],
    ["other redirect", entry(), { redirect_uri: "https://app.example/cb2" }, ["redirect_not_approved"]],
    ["no redirects", entry({ redirect_uris: undefined }), { redirect_uri: "x:y" }, ["redirect_not_approved"]],
    ["method", entry(), { token_endpoint_auth_method: "none" }, []],
    ["other method", entry(), { token_endpoint_auth_method: "private_key_jwt" }, ["auth_method_mismatch"]],
    ["weaker method", keyed, { token_endpoint_auth_method: "none" }, ["auth_method_mismatch"]],
    ["key", keyed, { jkt: "k2" }, []],
    ["other key", keyed, { jkt: "k3" }, ["key_not_approved"]],
    ["authenticated without a key", keyed, { jkt: null }, ["key_not_approved"]],
    [
      "authenticated without a key, and no key is pinned",
      { ...keyed, jkts: [] },
      { jkt: null },
      ["key_not_approved"],
    ],
    ["no authentication in this request", keyed, {}, []],
    ["no keys pinned", entry(), { jkt: "k9" }, []],
    ["grant type", entry(), { grant_type: "authorization_code" }, []],
    ["other grant type", entry(), { grant_type: "client_credentials" }, ["grant_type_not_approved"]],
    ["resource", entry(), { resource: "https://mcp.example/tickets" }, []],
    ["other resource", entry(), { resource: "https://mcp.example/" }, ["resource_not_approved"]],
    [
      "no grants",
      entry({ grants: undefined }),
      { resource: "https://mcp.example/" },
      ["resource_not_approved"],
    ],
    ["scope", entry(), { scope: "tickets.read" }, []],
    ["no scope", entry(), { scope: "" }, []],
    ["more scope", entry(), { scope: "tickets.read admin" }, ["scope_not_approved"]],
    ["scopes as a list", entry(), { scopes: ["admin"] }, ["scope_not_approved"]],
  ])("%s", (_, found, question, expected) => {
    expect(reasons(question, found)).toEqual(expected);
  });

  it("takes scopes from the resources that are asked for only", () => {
    const two = entry({
      grants: [
        { resource: "https://a.example", scopes: ["read"] },
        { resource: "https://b.example", scopes: ["write"] },
      ],
    });
    expect(reasons({ resource: "https://a.example", scope: "write" }, two)).toEqual(["scope_not_approved"]);
    expect(
      reasons({ resource: ["https://a.example", "https://b.example"], scope: "read write" }, two),
    ).toEqual([]);
    expect(reasons({ scope: "read write" }, two)).toEqual([]);
  });

  it("collects every reason, and says them", () => {
    const question = { client_id: id, redirect_uri: "x:y", scope: "admin", grant_type: "implicit" };
    const decision = decide({ head, found: entry(), question, now });
    expect(decision.reasons).toEqual([
      "redirect_not_approved",
      "grant_type_not_approved",
      "scope_not_approved",
    ]);
    expect(decision).toMatchObject({ decision: "deny", seq: 7, entry: entry() });
    expect(decision.sentence).toMatch(/x:y.*implicit.*admin/);
  });

  it.each<[string, object]>([
    ["status", { status: "audit" }],
    ["status absent", { status: undefined }],
    ["match", { redirect_uris: [{ uri: "https://app.example/cb", match: "prefix" }] }],
    ["on_doc_mismatch", { on_doc_mismatch: "warn" }],
    ["jkts that are a text", { jkts: "k1" }],
    ["exp that is a text", { exp: "9999999999" }],
    ["max_stale that is null", { max_stale: null }],
    ["grants without scopes", { grants: [{ resource: "r" }] }],
  ])("an unknown value denies: %s", (_, part) => {
    expect(reasons({}, { ...entry(), ...part })).toEqual(["unknown_value"]);
  });
});

describe("the live document may only narrow", () => {
  const redirect_uri = "https://app.example/cb";
  it.each<[string, Partial<AllowlistEntry>, Partial<Question>, string[]]>([
    ["same", {}, { document, redirect_uri }, []],
    ["another client_id", {}, { document: { ...document, client_id: `${id}/` } }, ["document_mismatch"]],
    ["redirect gone", {}, { document: { client_id: id }, redirect_uri }, ["redirect_not_approved"]],
    [
      "redirect gained",
      {},
      { document: { ...document, redirect_uris: ["x:y"] }, redirect_uri: "x:y" },
      ["redirect_not_approved"],
    ],
    [
      "loopback on another port",
      { redirect_uris: [{ uri: "http://127.0.0.1/cb", match: "loopback_any_port" }] },
      {
        document: { client_id: id, redirect_uris: ["http://127.0.0.1:1/cb"] },
        redirect_uri: "http://127.0.0.1:2/cb",
      },
      [],
    ],
    [
      "method gone",
      {},
      { document: { ...document, token_endpoint_auth_method: "private_key_jwt" } },
      ["auth_method_mismatch"],
    ],
    [
      "method still offered in the plural",
      {},
      {
        document: {
          ...document,
          token_endpoint_auth_method: "private_key_jwt",
          token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
        },
      },
      [],
    ],
    [
      "grant type gone",
      {},
      { document: { ...document, grant_types: ["implicit"] }, grant_type: "authorization_code" },
      ["grant_type_not_approved"],
    ],
    ["digest approved", { doc_sha256: ["d"], on_doc_mismatch: "deny" }, { document_sha256: "d" }, []],
    [
      "digest not approved",
      { doc_sha256: ["d"], on_doc_mismatch: "deny" },
      { document_sha256: "e" },
      ["document_mismatch"],
    ],
    [
      "digest not approved, entry used",
      { doc_sha256: ["d"], on_doc_mismatch: "use_entry" },
      { document_sha256: "e" },
      [],
    ],
    ["digest not approved, nothing said", { doc_sha256: ["d"] }, { document_sha256: "e" }, []],
  ])("%s", (_, part, question, expected) => {
    expect(reasons(question, entry(part))).toEqual(expected);
  });
});
