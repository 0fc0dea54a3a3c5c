import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decide } from "#lib/consumer/decide.ts";
import type { Question } from "#lib/consumer/Decision.ts";
import { intersectEntries } from "./intersectEntries.ts";
import type { AllowlistEntry } from "./wire.ts";

const cb = "https://app.example/cb";
const local = "http://127.0.0.1/cb";
const tickets = "https://mcp.example/tickets";

const entry = (part: Partial<AllowlistEntry> = {}): AllowlistEntry => ({
  status: "allow",
  redirect_uris: [{ uri: cb, match: "exact" }],
  token_endpoint_auth_method: "none",
  jkts: [],
  grant_types: ["authorization_code"],
  grants: [{ resource: tickets, scopes: ["read", "write"] }],
  ...part,
});
const gone = { status: "deny", reason: "rolled_back" };

describe("intersectEntries", () => {
  it("is the entry itself when both say the same", () => {
    expect(intersectEntries(entry(), entry())).toEqual(entry());
  });

  it.each<[string, Partial<AllowlistEntry>, Partial<AllowlistEntry>, unknown]>([
    [
      "keeps the redirects of both",
      {
        redirect_uris: [
          { uri: cb, match: "exact" },
          { uri: local, match: "loopback_any_port" },
        ],
      },
      {},
      entry(),
    ],
    [
      "a redirect with another match is another redirect",
      { redirect_uris: [{ uri: local, match: "exact" }] },
      { redirect_uris: [{ uri: local, match: "loopback_any_port" }] },
      gone,
    ],
    [
      "keeps the scopes of both",
      {},
      { grants: [{ resource: tickets, scopes: ["read"] }] },
      entry({ grants: [{ resource: tickets, scopes: ["read"] }] }),
    ],
    [
      "drops a resource it had not",
      { grants: [{ resource: "https://mcp.example/other", scopes: ["read"] }] },
      {},
      gone,
    ],
    [
      "drops a key it had not",
      { jkts: ["new"], token_endpoint_auth_method: "private_key_jwt" },
      { jkts: ["old"], token_endpoint_auth_method: "private_key_jwt" },
      gone,
    ],
    ["another method is nobody's approval", { token_endpoint_auth_method: "private_key_jwt" }, {}, gone],
    ["was denied then", {}, { status: "deny", reason: "suspended" }, gone],
    ["ends at the earlier end", { exp: 20, max_stale: 900 }, { exp: 10 }, entry({ exp: 10, max_stale: 900 })],
  ])("%s", (_name, now, held, expected) => {
    expect(intersectEntries(entry(now), entry(held))).toEqual(expected);
  });

  it("leaves a deny of today as it is", () => {
    const deny: AllowlistEntry = { status: "deny", reason: "suspended" };
    expect(intersectEntries(deny, entry())).toBe(deny);
  });

  it("allows nothing that either refuses", () => {
    const some = <T>(values: readonly T[]) => fc.subarray([...values], { minLength: 0 });
    const any = fc.record({
      status: fc.constantFrom("allow" as const, "deny" as const),
      redirect_uris: some([
        { uri: cb, match: "exact" as const },
        { uri: local, match: "loopback_any_port" as const },
      ]),
      token_endpoint_auth_method: fc.constantFrom("none", "private_key_jwt"),
      jkts: some(["a", "b"]),
      grant_types: some(["authorization_code", "refresh_token"]),
      grants: some(["read", "write"]).map((scopes) => [{ resource: tickets, scopes }]),
    });
    const question = fc.record(
      {
        client_id: fc.constant("https://app.example/c"),
        redirect_uri: fc.constantFrom(cb, "http://127.0.0.1:4711/cb"),
        jkt: fc.constantFrom("a", "b", null),
        token_endpoint_auth_method: fc.constantFrom("none", "private_key_jwt"),
        grant_type: fc.constantFrom("authorization_code", "refresh_token"),
        resource: fc.constant(tickets),
        scope: fc.constantFrom("read", "read write"),
      },
      { requiredKeys: ["client_id"] },
    );
    const head = { seq: 1, iat: 0, exp: 1_000, deny: [] };
    const allowed = (found: AllowlistEntry, asked: Question) =>
      decide({ head, found, question: asked, now: 1 }).decision === "allow";
    fc.assert(
      fc.property(any, any, question, (now, held, asked) => {
        if (allowed(intersectEntries(now, held), asked))
          expect([allowed(now, asked), allowed(held, asked)]).toEqual([true, true]);
      }),
      { numRuns: 500 },
    );
  });
});
