import { describe, expect, it } from "vitest";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { EntryInput } from "./compileEntry.ts";
import { compileEntry } from "./compileEntry.ts";

const clientId = "https://app.example/c.json";
const now = 1_790_000_000_000;

function metadata(part: Partial<EffectiveMetadata> = {}): EffectiveMetadata {
  return {
    contacts: [],
    redirect_uris: ["https://app.example/cb", "http://127.0.0.1:33418/"],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    application_type: "web",
    scope: [],
    token_endpoint_auth_method: "none",
    token_endpoint_auth_methods_supported: [],
    other: {},
    ...part,
  };
}

function input(part: Partial<EntryInput> = {}): EntryInput {
  return {
    clientId,
    lifecycle: "approved",
    approved: metadata(),
    approvedJkts: [],
    approvedDocSha256s: [],
    grants: [{ resource: "https://mcp.example/tickets", scopes: ["write", "read"] }],
    now,
    ...part,
  };
}

const keyed = (part: Partial<EffectiveMetadata> = {}) =>
  metadata({ token_endpoint_auth_method: "private_key_jwt", ...part });

describe("compileEntry", () => {
  it("writes an approved client, each redirect with its match class", () => {
    expect(
      compileEntry(input({ live: metadata(), ref: "req_1", validUntil: now + 60_999, maxStale: 900_000 })),
    ).toEqual({
      entry: {
        status: "allow",
        redirect_uris: [
          { uri: "http://127.0.0.1:33418/", match: "loopback_any_port" },
          { uri: "https://app.example/cb", match: "exact" },
        ],
        token_endpoint_auth_method: "none",
        jkts: [],
        grant_types: ["authorization_code", "refresh_token"],
        grants: [{ resource: "https://mcp.example/tickets", scopes: ["read", "write"] }],
        exp: (now + 60_000) / 1000,
        max_stale: 900,
        ref: "req_1",
      },
    });
  });

  it.each(["http://localhost/cb", "http://[::1]:1/cb", "http://127.0.0.1/cb"])(
    "lets %s use any port",
    (uri) => {
      const compiled = compileEntry(input({ approved: metadata({ redirect_uris: [uri] }) }));
      expect(compiled.entry?.redirect_uris).toEqual([{ uri, match: "loopback_any_port" }]);
    },
  );

  it.each(["discovered", "pending", "denied"] as const)("does not list a %s client", (lifecycle) => {
    expect(compileEntry(input({ lifecycle }))).toEqual({ entry: null });
  });

  it.each(["suspended", "blocked", "retired"] as const)("lists a %s client as a deny", (lifecycle) => {
    expect(compileEntry(input({ lifecycle }))).toEqual({
      entry: { status: "deny", reason: lifecycle },
      reason: lifecycle,
    });
  });

  it("lists an approval past its end as a deny", () => {
    expect(compileEntry(input({ validUntil: now }))).toMatchObject({ reason: "expired" });
    expect(compileEntry(input({ validUntil: now + 1000 })).entry?.status).toBe("allow");
  });

  it("keeps the approved copy while the document is unreachable", () => {
    expect(compileEntry(input({ live: undefined })).entry?.redirect_uris).toHaveLength(2);
  });

  it("never lists what the live document gained", () => {
    const live = metadata({
      redirect_uris: [...metadata().redirect_uris, "https://evil.example/cb"],
      grant_types: ["authorization_code", "refresh_token", "client_credentials"],
      scope: ["admin"],
    });
    expect(compileEntry(input({ live }))).toEqual(compileEntry(input()));
  });

  it("drops at once what the live document lost", () => {
    const live = metadata({ redirect_uris: ["https://app.example/cb"], grant_types: ["authorization_code"] });
    expect(compileEntry(input({ live })).entry).toMatchObject({
      redirect_uris: [{ uri: "https://app.example/cb", match: "exact" }],
      grant_types: ["authorization_code"],
    });
  });

  it.each<[string, string[]]>([
    ["http://127.0.0.1:4000/", ["http://127.0.0.1:33418/"]],
    ["http://127.0.0.1/", ["http://127.0.0.1:33418/"]],
    ["http://127.0.0.1:33418", []],
    ["http://localhost:33418/", []],
    ["https://app.example/cb/", []],
    ["https://app.example:443/cb", []],
  ])("compares redirects as exact strings but for the port of a loopback one: %s", (uri, left) => {
    const { entry } = compileEntry(input({ live: metadata({ redirect_uris: [uri] }) }));
    expect(entry?.redirect_uris?.map((each) => each.uri) ?? []).toEqual(left);
  });

  it("takes a scope away that the document named and no longer does", () => {
    const approved = metadata({ scope: ["read", "write"] });
    const scopes = (live: EffectiveMetadata) =>
      compileEntry(input({ approved, live })).entry?.grants?.[0]?.scopes;
    expect(scopes(metadata({ scope: ["read"] }))).toEqual(["read"]);
    expect(scopes(metadata({ scope: [] }))).toEqual(["read", "write"]);
    expect(scopes(metadata({ scope: ["read", "write", "admin"] }))).toEqual(["read", "write"]);
  });

  it.each<[string, Partial<EntryInput>]>([
    ["no_redirect_left", { live: metadata({ redirect_uris: [] }) }],
    ["method_gone", { live: keyed() }],
    ["method_gone", { approved: keyed(), approvedJkts: ["k"], live: metadata() }],
    ["no_grant_type_left", { live: metadata({ grant_types: ["client_credentials"] }) }],
    ["no_key_left", { approved: keyed(), live: keyed(), approvedJkts: ["a"], liveJkts: ["b"] }],
    ["no_key_left", { approved: keyed(), live: keyed(), approvedJkts: [] }],
    [
      "no_scope_left",
      { approved: metadata({ scope: ["read", "write"] }), live: metadata({ scope: ["other"] }) },
    ],
  ])("suspends with %s (%#)", (reason, part) => {
    expect(compileEntry(input(part))).toMatchObject({
      suspend: reason,
      reason,
      entry: { status: "deny", reason },
      sentence: expect.stringMatching(/\.$/),
    });
  });

  it("needs no redirect for a client without the code grant", () => {
    const machine = keyed({ redirect_uris: [], grant_types: ["client_credentials"] });
    const compiled = compileEntry(input({ approved: machine, live: machine, approvedJkts: ["a"] }));
    expect(compiled.entry).toMatchObject({ status: "allow", redirect_uris: [], jkts: ["a"] });
  });

  it("intersects keys, and keeps the approved ones while the key set is unreachable", () => {
    const base = input({ approved: keyed(), live: keyed(), approvedJkts: ["b", "a"] });
    expect(compileEntry(base).entry?.jkts).toEqual(["a", "b"]);
    expect(compileEntry({ ...base, liveJkts: ["b", "c"] }).entry?.jkts).toEqual(["b"]);
  });

  it("pins the approved singular method of a client that also offers weaker ones", () => {
    const chatgpt = keyed({ token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] });
    const approval = input({ approved: chatgpt, approvedJkts: ["a"] });
    expect(compileEntry({ ...approval, live: chatgpt }).entry?.token_endpoint_auth_method).toBe(
      "private_key_jwt",
    );
    const weaker = metadata({ token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] });
    expect(compileEntry({ ...approval, live: weaker }).entry?.token_endpoint_auth_method).toBe(
      "private_key_jwt",
    );
    const gone = metadata({ token_endpoint_auth_methods_supported: ["none"] });
    expect(compileEntry({ ...approval, live: gone })).toMatchObject({ suspend: "method_gone" });
  });

  it("writes document digests as base64url and says what a mismatch does", () => {
    const hex = "00".repeat(31) + "ff";
    const b64 = Buffer.from(hex, "hex").toString("base64url");
    expect(compileEntry(input({ approvedDocSha256s: [hex] })).entry).toMatchObject({
      doc_sha256: [b64],
      on_doc_mismatch: "use_entry",
    });
    expect(compileEntry(input({ approvedDocSha256s: [b64], onDocMismatch: "deny" })).entry).toMatchObject({
      doc_sha256: [b64],
      on_doc_mismatch: "deny",
    });
  });

  it("marks a self-approval and refuses a max_stale that is not whole seconds", () => {
    expect(compileEntry(input({ selfApproved: true })).entry?.self_approved).toBe(true);
    expect(() => compileEntry(input({ maxStale: 900 }))).toThrow(/milliseconds/);
  });
});
