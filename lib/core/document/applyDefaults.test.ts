import { expect, test } from "vitest";
import { applyDefaults } from "./applyDefaults.ts";

test("defaults", () => {
  expect(applyDefaults({})).toEqual({
    contacts: [],
    redirect_uris: [],
    grant_types: ["authorization_code"],
    response_types: ["code"],
    application_type: "web",
    scope: [],
    token_endpoint_auth_method: "none",
    token_endpoint_auth_methods_supported: ["none"],
    other: {},
  });
});

const methods: [unknown, unknown, string, string[]][] = [
  ["none", undefined, "none", ["none"]],
  ["private_key_jwt", ["none", "private_key_jwt"], "private_key_jwt", ["none", "private_key_jwt"]],
  [undefined, ["none", "private_key_jwt"], "private_key_jwt", ["none", "private_key_jwt"]],
  [undefined, ["tls_client_auth"], "tls_client_auth", ["tls_client_auth"]],
  [undefined, ["none"], "none", ["none"]],
  [undefined, [], "none", []],
  [5, undefined, "none", ["none"]],
];

test.each(methods)("method %j, list %j", (method, list, chosen, listed) => {
  expect(
    applyDefaults({ token_endpoint_auth_method: method, token_endpoint_auth_methods_supported: list }),
  ).toMatchObject({ token_endpoint_auth_method: chosen, token_endpoint_auth_methods_supported: listed });
});

test("wrong types count as absent, unknown members are kept", () => {
  const effective = applyDefaults({
    client_name: 5,
    redirect_uris: ["https://a/", 7],
    scope: " a  b ",
    jwks: "x",
    "client_name#de": "Löwe",
  });
  expect(effective).toMatchObject({
    redirect_uris: ["https://a/"],
    scope: ["a", "b"],
    other: { "client_name#de": "Löwe" },
  });
  expect(effective).not.toHaveProperty("client_name");
  expect(effective).not.toHaveProperty("jwks");
});
