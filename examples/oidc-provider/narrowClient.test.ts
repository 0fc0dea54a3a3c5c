import type { Decision } from "@rollcall/consumer";
import { expect, test } from "vitest";
import { narrowClient, type ProviderClient } from "./narrowClient.ts";

const client = (part: Partial<ProviderClient>): ProviderClient => ({
  clientId: "https://chat.example/oauth/17/client.json",
  tokenEndpointAuthMethod: "none",
  asymmetricKeyStore: [],
  redirectUris: [],
  grantTypes: ["authorization_code"],
  responseTypes: ["code"],
  applicationType: "web",
  metadata: () => ({}),
  ...part,
});
const decided = (part: Partial<Decision>): Decision => ({
  decision: "allow",
  reasons: [],
  sentence: "",
  seq: 1,
  ...part,
});
const namespace: NonNullable<Decision["namespace"]> = {
  pattern: "https://chat.example/oauth/*/client.json",
  status: "allow",
  redirect_hosts: ["chat.example"],
  grant_types: ["authorization_code"],
};

test("of a client of a namespace the redirects go that it does not admit: a request may leave its own out, or push it", () => {
  const child = client({
    redirectUris: ["https://elsewhere.example/cb", "https://chat.example/cb", "http://127.0.0.1/cb"],
  });
  narrowClient(child, decided({ namespace }));
  expect(child).toMatchObject({ redirectUris: ["https://chat.example/cb"], applicationType: "web" });

  const local = client({ redirectUris: ["https://elsewhere.example/cb", "http://127.0.0.1/cb"] });
  narrowClient(local, decided({ namespace: { ...namespace, loopback: true } }));
  expect(local).toMatchObject({ redirectUris: ["http://127.0.0.1/cb"], applicationType: "native" });
});

test("a response that is an implicit grant needs its approval", () => {
  const entry = { status: "allow" as const, grant_types: ["authorization_code"] };
  const both = {
    responseTypes: ["code", "id_token", "code id_token"],
    grantTypes: ["authorization_code", "implicit"],
  };
  const narrowed = client(both);
  narrowClient(narrowed, decided({ entry }));
  expect(narrowed.responseTypes).toEqual(["code"]);
  const approved = client(both);
  narrowClient(approved, decided({ entry: { ...entry, grant_types: ["authorization_code", "implicit"] } }));
  expect(approved.responseTypes).toEqual(both.responseTypes);
});
