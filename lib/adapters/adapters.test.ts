import { describe, expect, test } from "vitest";
import type { Adapter, ExportedList } from "./Adapter.ts";
import { adapters } from "./adapters.ts";
import { exampleEntry, exampleList } from "./testing/exampleList.ts";

const one = "https://app.acme.com/oauth/client.json";
const nobody = "nothing-is-approved.invalid";
const nobodysUrl = `https://${nobody}/client.json`;

const named = (name: string) => adapters.find((each) => each.name === name) as Adapter;
const product = (name: string, list: ExportedList) => {
  const { _rollcall, ...rest } = JSON.parse(named(name).render(list).body) as Record<string, unknown>;
  return { about: _rollcall as Record<string, unknown>, rest };
};

/** Where a product reads who may come in. */
const admitted: Record<string, (rest: any) => string[]> = {
  authlete: (rest) => rest.cimdAllowlist,
  descope: (rest) => rest.approvedDomains,
  gravitee: (rest) => rest.oidc.cimdSettings.allowedDomains,
  janssen: (rest) => rest.cimdDomainAllowlist,
  keycloak: (rest) =>
    rest.policies.policies[0].conditions[0].configuration["client-id-uri-allow-permitted-domains"],
  opa: (rest) => Object.keys(rest.rollcall.entries),
  pingfederate: (rest) =>
    rest.cimdPolicies.flatMap((policy: { metadataUrls: string[] }) => policy.metadataUrls),
  json: (rest) => Object.keys(rest.entries),
  "pocket-id": (rest) => rest.CIMD_URL_ALLOWLIST,
};
const admittedBy = (name: string, list: ExportedList) => admitted[name]!(product(name, list).rest);

test("every adapter has a name for a URL, a table here, and says what it cannot express", () => {
  expect(adapters.map(({ name }) => name).toSorted()).toEqual(Object.keys(admitted).toSorted());
  for (const adapter of adapters) {
    expect(adapter.name).toMatch(/^[a-z][a-z-]*$/);
    const { about } = product(adapter.name, exampleList([one]));
    expect(Object.keys(about["cannot_express"] as object)).toEqual(adapter.cannotExpress);
    expect(about).toMatchObject({ list: "prod", rev: 7, adapter: `${adapter.name}/${adapter.version}` });
    expect(adapter.cannotExpress.includes("one-client")).toBe(adapter.grain === "host");
  }
});

describe("golden", () => {
  const loopback = {
    ...exampleEntry,
    redirect_uris: [
      ...(exampleEntry.redirect_uris ?? []),
      { uri: "http://127.0.0.1:33418/", match: "loopback_any_port" as const },
      { uri: "com.acme.app:/callback", match: "exact" as const },
      { uri: "https://*.evil.com/cb", match: "exact" as const },
    ],
  };

  test("keycloak", () => {
    expect(product("keycloak", exampleList([one], {}, loopback)).rest).toEqual({
      profiles: {
        profiles: [
          keycloakProfile("rollcall-prod", ["app.acme.com", "127.0.0.1"]),
          keycloakProfile("rollcall-prod-others", [nobody]),
        ].map((each) => expect.objectContaining(each)),
      },
      policies: {
        policies: [
          expect.objectContaining({
            name: "rollcall-prod",
            enabled: true,
            profiles: ["rollcall-prod"],
            conditions: [keycloakCondition(false, ["https"], ["app.acme.com"])],
          }),
          expect.objectContaining({
            name: "rollcall-prod-others",
            enabled: true,
            profiles: ["rollcall-prod-others"],
            conditions: [
              keycloakCondition(false, ["https", "http"]),
              keycloakCondition(true, ["https"], ["app.acme.com"]),
            ],
          }),
        ],
      },
    });
  });

  test("authlete", () => {
    const { rest } = product("authlete", exampleList([one], {}, loopback));
    expect(rest).toMatchObject({
      clientIdMetadataDocumentSupported: true,
      cimdAllowlistEnabled: true,
      cimdAllowlist: [one],
      cimdMetadataPolicyEnabled: true,
    });
    expect(JSON.parse(String(rest["cimdMetadataPolicy"]))).toEqual({
      redirect_uris: { subset_of: loopback.redirect_uris.map(({ uri }) => uri).toSorted() },
      grant_types: { subset_of: ["authorization_code", "refresh_token"] },
      token_endpoint_auth_method: { one_of: ["none"] },
      scope: { subset_of: ["tickets.read"] },
    });
  });

  test("pingfederate", () => {
    expect(product("pingfederate", exampleList([one], {}, loopback)).rest).toEqual({
      cimdPolicies: [
        {
          id: expect.stringMatching(/^rollcall-prod-[0-9a-f]{16}$/),
          name: `Rollcall: ${one}`,
          description: "Made by Rollcall (req-1). Do not edit.",
          enabled: true,
          metadataUrls: [one],
          allowLoopbackRedirectUris: true,
        },
      ],
    });
  });

  test.each([
    ["pocket-id", { CIMD_URL_ALLOWLIST: [one] }],
    ["janssen", { cimdDomainAllowlist: ["app.acme.com"], cimdDomainBlocklist: ["evil.com"] }],
    ["gravitee", { oidc: { cimdSettings: { enabled: true, allowedDomains: ["app.acme.com"] } } }],
    ["descope", { approvedDomains: ["app.acme.com"] }],
    [
      "json",
      {
        list: "prod",
        rev: 7,
        seq: 42,
        iat: 1795251600,
        exp: 1795338000,
        entries: { [one]: exampleEntry },
        namespaces: [],
        deny: [{ host: "evil.com", at: 1, reason: "blocked" }],
      },
    ],
    [
      "opa",
      {
        rollcall: {
          list: "prod",
          rev: 7,
          seq: 42,
          iat: 1795251600,
          exp: 1795338000,
          entries: { [one]: exampleEntry },
          denied: { client_ids: [], hosts: ["evil.com"], jkts: [] },
        },
      },
    ],
  ])("%s", (name, expected) => {
    const denies = [{ host: "evil.com", at: 1, reason: "blocked" }];
    const list = exampleList([one], { denies, deniedHosts: new Set(["evil.com"]) });
    expect(product(name, list).rest).toEqual(expected);
  });
});

function keycloakProfile(name: string, hosts: string[]) {
  return {
    name,
    executors: [
      {
        executor: "client-id-metadata-document",
        configuration: expect.objectContaining({
          "cimd-allow-http-scheme": false,
          "cimd-allow-permitted-domains": hosts,
        }) as unknown,
      },
    ],
  };
}

function keycloakCondition(negative: boolean, schemes: string[], hosts?: string[]) {
  return {
    condition: "client-id-uri",
    configuration: {
      "is-negative-logic": negative,
      "client-id-uri-scheme": schemes,
      ...(hosts && { "client-id-uri-allow-permitted-domains": hosts }),
    },
  };
}

const hostwise = adapters.filter(({ grain }) => grain === "host").map(({ name }) => name);
const urlwise = adapters.filter(({ grain }) => grain === "url").map(({ name }) => name);

describe("an empty list never means everybody", () => {
  test.each(hostwise)("%s gets a host that cannot exist", (name) => {
    expect(admittedBy(name, exampleList([]))).toEqual([nobody]);
    expect(product(name, exampleList([])).about["nothing_is_approved"]).toBe(true);
  });
  test.each(urlwise)("%s gets a URL that cannot exist", (name) => {
    expect(admittedBy(name, exampleList([]))).toEqual([nobodysUrl]);
  });
  test.each([...hostwise, ...urlwise])("%s: nor when everybody is left out", (name) => {
    const list = exampleList(["https://app.acme.com:8443/c*"]);
    expect(admittedBy(name, list).join()).toContain(nobody);
    expect(named(name).render(list).refused).toHaveLength(1);
  });
  test("pingfederate's policy for nobody is not enabled", () => {
    expect(product("pingfederate", exampleList([])).rest).toMatchObject({
      cimdPolicies: [{ enabled: false }],
    });
  });
});

describe("a product that knows hosts is never given one", () => {
  const cases: [string, string, Partial<ExportedList>][] = [
    ["with a client that the release refuses", one, { deniedHosts: new Set(["app.acme.com"]) }],
    ["with a client that the inventory refuses", one, { refusedHosts: new Set(["app.acme.com"]) }],
    ["above such a host", one, { refusedHosts: new Set(["old.app.acme.com"]) }],
    ["with a client refused at the same name with a dot", one, { deniedHosts: new Set(["app.acme.com."]) }],
    ["below which anybody can register", "https://gov.uk/c.json", {}],
    ["of a platform with tenants below it", "https://acme.github.io/c.json", {}],
    ["of a platform with tenants by path", "https://raw.githubusercontent.com/acme/x/c.json", {}],
    ["of a tunnel", "https://acme.ngrok-free.app/c.json", {}],
    [
      "of a refused namespace",
      "https://chat.acme.com/oauth/1/client.json",
      { namespaces: [{ pattern: "https://chat.acme.com/oauth/*/client.json", status: "deny" }] },
    ],
  ];
  test.each(cases)("%s", (_name, clientId, given) => {
    for (const name of hostwise) {
      const rendering = named(name).render(exampleList([clientId], given));
      expect(admittedBy(name, exampleList([clientId], given))).toEqual([nobody]);
      expect(rendering.refused).toEqual([{ clientId, why: expect.any(String) }]);
      // Who else is refused at the host is nobody's business.
      expect(rendering.body).not.toContain("old.app");
    }
  });

  test("an approved namespace gives its host, and is told as the reason", () => {
    const pattern = "https://chat.acme.com/oauth/*/client.json";
    const list = exampleList([], { namespaces: [{ pattern, status: "allow" }] });
    for (const name of hostwise) {
      expect(admittedBy(name, list)).toEqual(["chat.acme.com"]);
      expect(product(name, list).about["admits"]).toEqual([{ host: "chat.acme.com", because_of: [pattern] }]);
    }
    for (const name of urlwise) {
      expect(admittedBy(name, list)).toEqual([nobodysUrl]);
      expect(named(name).render(list).refused).toEqual([{ clientId: pattern, why: expect.any(String) }]);
    }
  });
});

test("authlete, which may compare beginnings, is not given the beginning of a refused URL", () => {
  const given = { deniedClientIds: [`${one}/evil`] };
  expect(admittedBy("authlete", exampleList([one], given))).toEqual([nobodysUrl]);
  expect(admittedBy("pocket-id", exampleList([one], given))).toEqual([one]);
});

describe("nothing a pattern could read differently gets out", () => {
  const hostile = [
    "https://*.acme.com/c.json",
    "https://app.acme.com/*",
    "https://app.acme.com/**/c.json",
    "https://app.acme.com/c.json?x=*",
    "https://app.acme.com/c[a-z].json",
    "https://app.acme.com/{a,b}.json",
    "https://app.acme.com/c.json|https://evil.com/c.json",
    "https://app.acme.com/(.*)",
    "https://app.acme.com/c$",
    "https://app.acme.com/^c",
    "https://app.acme.com/:id/c.json",
    "https://app.acme.com/c+",
    "https://app.acme.com/c\\d",
    "https://app.acme.com/c%2A.json",
    "https://app.acme.com/c.json,https://evil.com/c.json",
    'https://app.acme.com/c"]},"x":["',
    "https://app.acme.com./c.json",
    "https://APP.acme.com/c.json",
    "https://app.acme.com:8443/c.json",
    "https://user@app.acme.com/c.json",
    "https://app.acme.com@evil.com/c.json",
    "https://app.äcme.com/c.json",
    "https://app.acme.com/ç.json",
    "https://app.acme.com/../c.json",
    "https://app.acme.com/c.json#x",
    "https://app.acme.com/c.json\n",
    "https://127.0.0.1/c.json",
    "https://[::1]/c.json",
    "https://0x7f.1/c.json",
    "https://intranet/c.json",
    "http://app.acme.com/c.json",
    "https://_dmarc.acme.com/c.json",
    "https://-a.acme.com/c.json",
    "*",
    "",
  ];
  test.each(hostile)("%j", (clientId) => {
    const list = exampleList([clientId]);
    for (const name of urlwise) expect(admittedBy(name, list)).toEqual([nobodysUrl]);
    for (const name of hostwise)
      for (const host of admittedBy(name, list)) expect([nobody, "app.acme.com"]).toContain(host);
  });

  test("the rest are given as they are, and none is lost without a word", () => {
    const fine = [one, "https://a-b.acme.com/x_y/~z/c.v1.json", "https://xn--bcher-kva.example/c"];
    for (const { name, grain } of adapters) {
      const list = exampleList([...fine, ...hostile]);
      const given = admittedBy(name, list);
      const left = named(name)
        .render(list)
        .refused.map(({ clientId }) => clientId);
      if (grain === "url") {
        expect(given).toEqual(fine);
        expect(left).toEqual(hostile);
      } else if (grain === "entry") expect(given).toEqual([...fine, ...hostile]);
    }
  });
});
