import { describe, expect, test } from "vitest";
import { applyDefaults } from "./applyDefaults.ts";
import { membersOf } from "./membersOf.ts";

describe("membersOf", () => {
  test.each([
    [{}],
    [{ client_id: "https://a.example/c", redirect_uris: ["https://a.example/cb"], scope: "b a" }],
    [{ token_endpoint_auth_methods_supported: ["none", "private_key_jwt"], jwks: { keys: [] } }],
    [{ "com.acme": { x: [1] }, dpop_bound_access_tokens: true, contacts: ["a@a.example"] }],
  ])("%j", (members) => {
    const metadata = applyDefaults(members);
    expect(applyDefaults(membersOf(metadata))).toEqual(metadata);
  });
});
