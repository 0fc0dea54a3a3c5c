import { expect, test } from "vitest";
import { hostsIn, maxHosts } from "./hostsIn.ts";

const own = "https://app.acme.com/oauth/client.json";

test.each([
  [{}, []],
  [
    {
      redirect_uris: ["https://cb.acme.com/x", "https://cb.acme.com/y", 5],
      jwks_uri: "https://keys.acme.net/j",
    },
    ["keys.acme.net", "cb.acme.com"],
  ],
  [{ "policy_uri#de": "https://recht.acme.com/" }, ["recht.acme.com"]],
  [
    {
      redirect_uris: ["http://127.0.0.1/cb", "http://localhost/cb", "com.acme.app:/cb", "https://portal/cb"],
    },
    [],
  ],
  [{ redirect_uris: ["https://app.acme.com/cb"], logo_uri: "https://app.acme.com/l.png" }, []],
  [{ redirect_uris: "https://cb.acme.com/x", client_name: "https://a.com" }, []],
])("%j", (members, hosts) => {
  expect(hostsIn(own, members)).toEqual(hosts);
});

test("a document cannot have us look up more names than an honest one has", () => {
  const redirect_uris = Array.from({ length: 500 }, (_, index) => `https://h${index}.acme.com/cb`);
  expect(hostsIn(own, { redirect_uris })).toHaveLength(maxHosts);
});
