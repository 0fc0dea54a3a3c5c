import { describe, expect, test } from "vitest";
import type { Cause } from "#lib/core/finding/Finding.ts";
import { driftRules } from "#lib/core/drift/driftRules.ts";
import { reachRules } from "#lib/core/watch/reach/reachRules.ts";
import { suspending, suspendReason } from "./suspends.ts";

function cause(rule: string, of: Partial<Cause> = {}): Cause {
  return { rule, severity: "critical", effect: "growth", message: "It did.", path: "", value: "", ...of };
}

test("every rule that suspends is a rule", () => {
  const known = new Set([...driftRules, ...reachRules].map(({ id }) => id));
  expect(suspending.filter(({ rule }) => !known.has(rule))).toEqual([]);
});

describe("suspends", () => {
  test.each<[string, Cause, "low" | "high" | "critical"]>([
    ["another client_id", cause("drift.client-id-mismatch"), "low"],
    ["a private key", cause("drift.key-private-published"), "low"],
    ["a secret", cause("drift.secret-published"), "low"],
    [
      "no proof any more",
      cause("drift.auth-downgraded", { before: "private_key_jwt", after: "none" }),
      "low",
    ],
    ["another key under a known name", cause("drift.key-same-kid-replaced"), "low"],
    ["keys from another domain, at tier high", cause("drift.jwks-uri-changed"), "high"],
    ["keys from another domain for the first time", cause("drift.key-source-changed"), "critical"],
    ["gone for a day", cause("reach.gone"), "low"],
  ])("%s", (_, one, tier) => {
    expect(suspendReason([cause("drift.scope-widened"), one], tier)).toMatch(/^[A-Z].+\. It did\.$/);
  });
});

describe("does not suspend", () => {
  test.each<[string, Cause, "low" | "medium" | "critical"]>([
    ["an empty secret", cause("drift.secret-published", { severity: "high" }), "critical"],
    [
      '"none" beside a method with a key',
      cause("drift.auth-downgraded", { before: ["private_key_jwt"], after: ["private_key_jwt", "none"] }),
      "critical",
    ],
    ["keys from another domain, at tier medium", cause("drift.jwks-uri-changed"), "medium"],
    [
      "keys from another host of the same domain",
      cause("drift.jwks-uri-changed", { severity: "high" }),
      "critical",
    ],
    ["gone since an hour", cause("reach.gone", { severity: "high" }), "critical"],
    ["to and fro", cause("reach.flapping"), "critical"],
    ["a redirect to another site", cause("drift.redirect-added-new-site"), "critical"],
    ["every key replaced at once", cause("drift.key-hard-cutover"), "critical"],
  ])("%s", (_, one, tier) => {
    expect(suspendReason([one], tier)).toBeUndefined();
  });
});
