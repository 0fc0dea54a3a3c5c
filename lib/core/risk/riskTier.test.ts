import { expect, test } from "vitest";
import { riskTier, type RiskSubject } from "./riskTier.ts";

const quiet: RiskSubject = {
  redirects: [{ uri: "https://a.example/cb", class: "same_host", words: "the client's own host" }],
  sharedHost: false,
  host: "a.example",
  authMethod: "private_key_jwt",
  scopes: ["tickets.read"],
  sensitiveScopes: ["tickets.delete"],
  validDays: 180,
};
const to = (kind: string) => ({ redirects: [...quiet.redirects, { uri: "x", class: kind, words: "there" }] });

test.each<[string, Partial<RiskSubject>, string]>([
  ["everything quiet", {}, "low"],
  ["no redirect", { redirects: [] }, "low"],
  ["a redirect of the same site", to("same_site"), "low"],
  ["a loopback redirect", to("loopback"), "medium"],
  ["a redirect to another site", to("other_site"), "high"],
  ["a private scheme", to("private_scheme"), "high"],
  ["a redirect on a shared host", to("shared_host"), "high"],
  ["an unencrypted redirect", to("http_remote"), "critical"],
  ["a class nobody knows", to("somewhere"), "critical"],
  ["a public client", { authMethod: "none" }, "medium"],
  ["a sensitive scope", { scopes: ["tickets.delete"] }, "medium"],
  ["a sensitive scope for a public client", { scopes: ["tickets.delete"], authMethod: "none" }, "high"],
  ["a shared host", { sharedHost: true }, "high"],
  ["a year", { validDays: 365 }, "low"],
  ["more than a year", { validDays: 366 }, "high"],
])("%s", (_, more, tier) => {
  expect(riskTier({ ...quiet, ...more }).tier).toBe(tier);
});

test("every factor gives its reason, the quiet ones too", () => {
  expect(riskTier({ ...quiet, sharedHost: true }).reasons).toEqual([
    "low: It asks for no sensitive scope.",
    "low: Its most exposed redirect goes to the client's own host: https://a.example/cb",
    "high: a.example is shared hosting: the platform's other tenants are neighbours.",
    "low: It authenticates with private_key_jwt.",
    "low: The approval lasts 180 days.",
  ]);
});
