import { describe, expect, test } from "vitest";
import { applyDefaults } from "../document/applyDefaults.ts";
import type { ParsedKey } from "../document/ParsedKeySet.ts";
import { hour, minute } from "../Instant.ts";
import { afterFailure } from "./afterFailure.ts";
import { growth } from "./growth.ts";

describe("growth", () => {
  const key = (jkt: string) => ({ jkt, privateMembers: [] }) as unknown as ParsedKey;
  const observed = (members: Record<string, unknown> = {}, ...jkts: string[]) => ({
    metadata: applyDefaults({
      client_id: "https://a.example/c",
      redirect_uris: ["https://a.example/cb"],
      ...members,
    }),
    keys: jkts.map(key),
  });

  test.each([
    ["nothing", {}, []],
    [
      "a redirect",
      { redirect_uris: ["https://a.example/cb", "https://b.example/cb"] },
      ["redirect_uris gained https://b.example/cb"],
    ],
    ["a lost redirect", { redirect_uris: [] }, []],
    ["redirects in another order", { redirect_uris: ["https://a.example/cb"] }, []],
    [
      "a redirect in another spelling",
      { redirect_uris: ["https://A.example/cb"] },
      ["redirect_uris gained https://A.example/cb"],
    ],
    [
      "a grant type",
      { grant_types: ["authorization_code", "client_credentials"] },
      ["grant_types gained client_credentials"],
    ],
    ["a scope", { scope: "tickets.read" }, ["scope gained tickets.read"]],
    ["a name", { client_name: "B" }, ["client_name changed from nothing to B"]],
    [
      "a key set elsewhere",
      { jwks_uri: "https://b.example/k" },
      ["jwks_uri changed from nothing to https://b.example/k"],
    ],
    ["contacts and other members", { contacts: ["x@a.example"], custom: 1, software_version: "2" }, []],
  ])("%s", (_, members, gained) => {
    expect(growth(observed(), observed(members))).toEqual(gained);
  });

  test("another way to authenticate is growth, stronger or weaker", () => {
    expect(growth(observed(), observed({ token_endpoint_auth_method: "private_key_jwt" }))).toEqual([
      "token_endpoint_auth_methods_supported gained private_key_jwt",
      "token_endpoint_auth_method changed from none to private_key_jwt",
    ]);
  });

  test("a new key is growth, a lost one is not", () => {
    expect(growth(observed({}, "k1"), observed({}, "k1", "k2"))).toEqual(["a key was added: k2"]);
    expect(growth(observed({}, "k1", "k2"), observed({}, "k2"))).toEqual([]);
  });
});

describe("afterFailure", () => {
  test.each([
    ["in_sync", "challenged", 1, 0, "challenged"],
    ["held", "challenged", 9, 9 * hour, "challenged"],
    ["in_sync", "timeout", 2, hour, "in_sync"],
    ["in_sync", "timeout", 3, 29 * minute, "in_sync"],
    ["in_sync", "timeout", 3, 30 * minute, "unreachable"],
    ["held", "server_error", 3, 30 * minute, "unreachable"],
    ["in_sync", "not_found", 2, hour, "in_sync"],
    ["in_sync", "not_found", 3, 30 * minute, "gone"],
  ] as const)("%s, then %s for the %ith time in %i ms: %s", (before, outcome, failures, since, after) => {
    expect(afterFailure(before, outcome, failures, 1_000, 1_000 + since)).toBe(after);
  });
});
