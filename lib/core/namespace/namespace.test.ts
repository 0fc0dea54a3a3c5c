import { describe, expect, it } from "vitest";
import { isPattern, matchPattern } from "#lib/consumer/matchPattern.ts";
import { parseNamespaces } from "#lib/consumer/parseNamespaces.ts";
import type { NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { compileNamespaces, type CompilableNamespace } from "./compileNamespaces.ts";
import { constraintDifference } from "./constraintWords.ts";
import { constraintsInput } from "./constraintsInput.ts";
import { explainPattern } from "./explainPattern.ts";
import { hostFault } from "./hostFault.ts";
import type { NamespaceConstraints } from "./Namespace.ts";
import { namespaceDigest } from "./namespaceDigest.ts";
import { isNarrower, narrowerConstraints, sameConstraints } from "./narrowerConstraints.ts";
import { parsePattern } from "./parsePattern.ts";

const tickets = "https://mcp.example.com/tickets";
const given: NamespaceConstraints = {
  redirectHosts: ["quillnest.dev"],
  loopback: false,
  methods: ["none", "private_key_jwt"],
  keyHost: "quillnest.dev",
  grantTypes: ["authorization_code", "refresh_token"],
  grants: [{ resource: tickets, scopes: ["tickets.delete", "tickets.read"] }],
  mostChildren: 100,
};

describe("parsePattern", () => {
  it.each([
    "https://quillnest.dev/oauth/*/client.json",
    "https://quillnest.dev:8443/oauth/*",
    "https://xn--bcher-kva.de/*/c.json",
    "https://quillnest.dev/a-b_c.d~e!$&'()+,=:@/*",
  ])("reads %s, and a consumer understands it", (pattern) => {
    expect(parsePattern(pattern).parsed).toMatchObject({ pattern });
    expect(isPattern(pattern)).toBe(true);
  });

  it.each([
    ["", "Enter a pattern"],
    ["http://quillnest.dev/oauth/*", "begins with https"],
    ["HTTPS://quillnest.dev/oauth/*", "begins with https"],
    ["https://*.quillnest.dev/oauth/*", "host is literal"],
    ["https://Quillnest.dev/oauth/*", "Write the host as a URL parser does: quillnest.dev"],
    ["https://quillnest.dev:443/oauth/*", "Write the host as a URL parser does"],
    ["https://bücher.de/oauth/*", "punycode"],
    ["https://u:p@quillnest.dev/oauth/*", "no user"],
    ["https://quillnest.dev./oauth/*", "ends with a dot"],
    ["https://127.1/oauth/*", "Write the host as a URL parser does: 127.0.0.1"],
    ["https://127.0.0.1/oauth/*", "an IP address"],
    ["https://[::1]/oauth/*", "an IP address"],
    ["https://localhost/oauth/*", "nobody outside"],
    ["https:///oauth/*", "host is missing"],
    ["https://quill_nest.dev/oauth/*", "not written as a public host name"],
    ["https://quillnest.dev:0/oauth/*", "not written as a public host name"],
    ["https://quillnest.dev", "path is missing"],
    ["https://quillnest.dev/", "path is missing"],
    ["https://quillnest.dev/oauth/*/", "ends with a slash"],
    ["https://quillnest.dev//oauth/*", "two slashes"],
    ["https://quillnest.dev/oauth/../*", "collapsed"],
    ["https://quillnest.dev/oauth/./*", "collapsed"],
    ["https://quillnest.dev/oauth/%2e%2e/*", "Percent-encoding"],
    ["https://quillnest.dev/oauth\\*", "backslash"],
    ["https://quillnest.dev/oauth/c-*", "partly a *"],
    ["https://quillnest.dev/oauth/**", "partly a *"],
    ["https://quillnest.dev/oauth/c.json", "no * in the pattern"],
    ["https://quillnest.dev/*", "At least one segment is literal"],
    ["https://quillnest.dev/*/*", "At least one segment is literal"],
    ["https://quillnest.dev/oauth/*?a=b", "no query"],
    ["https://quillnest.dev/oauth/*#a", "no fragment"],
    ["https://quillnest.dev/oauth/* ", "white space"],
    ["https://quillnest.dev/oauth;v=1/*", "a character"],
    [`https://quillnest.dev/${"a".repeat(2_048)}/*`, "At most"],
  ])("refuses %s", (pattern, words) => expect(parsePattern(pattern).fault).toContain(words));

  it("is explained with client_ids that a consumer decides the same way", () => {
    const pattern = "https://quillnest.dev/oauth/*/apps/*/c.json";
    const { parsed } = parsePattern(pattern);
    const words = explainPattern(parsed as NonNullable<typeof parsed>);
    for (const clientId of words.matches) expect(matchPattern(pattern, clientId)).toBe(true);
    for (const { clientId } of words.refuses) expect(matchPattern(pattern, clientId)).toBe(false);
  });
});

describe("hostFault", () => {
  it.each([
    ["quillnest.dev", undefined],
    ["chatgpt.com", undefined],
    ["acme.vercel.app", "shared platform"],
    ["vercel.app", "shared platform"],
    ["acme.github.io", "shared platform"],
    ["raw.githubusercontent.com", "shared platform"],
    ["x.ngrok.app", "tunnel"],
    ["nothing", "not a name"],
    ["co.uk", "not a name"],
  ])("%s: %s", (host, words) =>
    words === undefined ? expect(hostFault(host)).toBeUndefined() : expect(hostFault(host)).toContain(words),
  );
});

describe("narrowerConstraints", () => {
  it.each<[string, Partial<NamespaceConstraints>, boolean]>([
    ["nothing", {}, true],
    ["another order", { methods: ["private_key_jwt", "none"] }, true],
    ["a redirect host more", { redirectHosts: ["a.dev", "quillnest.dev"] }, false],
    ["a redirect host less", { redirectHosts: [] }, true],
    ["another redirect host", { redirectHosts: ["a.dev"] }, false],
    ["loopback", { loopback: true }, false],
    ["a method less", { methods: ["private_key_jwt"] }, true],
    ["no keys", { keyHost: undefined }, true],
    ["keys elsewhere", { keyHost: "a.dev" }, false],
    ["a grant type less", { grantTypes: ["authorization_code"] }, true],
    ["a scope less", { grants: [{ resource: tickets, scopes: ["tickets.read"] }] }, true],
    ["a scope more", { grants: [{ resource: tickets, scopes: ["tickets.admin", "tickets.read"] }] }, false],
    ["a resource more", { grants: [...given.grants, { resource: "https://b.example/", scopes: [] }] }, false],
    ["no resource", { grants: [] }, true],
    ["the resource without scopes", { grants: [{ resource: tickets, scopes: [] }] }, true],
    ["fewer children", { mostChildren: 10 }, true],
    ["more children", { mostChildren: 1_000 }, false],
  ])("%s", (_, part, narrower) => {
    const next = { ...given, ...part };
    if ("keyHost" in part && part.keyHost === undefined) delete (next as { keyHost?: string }).keyHost;
    expect(isNarrower(next, given)).toBe(narrower);
    expect(isNarrower(narrowerConstraints(given, next), given)).toBe(true);
    expect(isNarrower(narrowerConstraints(given, next), next)).toBe(true);
  });

  it("a change that swaps a host loses the old one at once and waits for the new one", () => {
    const next = { ...given, redirectHosts: ["a.dev"], loopback: true };
    expect(narrowerConstraints(given, next)).toEqual({ ...given, redirectHosts: [] });
    expect(constraintDifference(given, next)[0]).toMatchObject({
      added: ["a.dev"],
      removed: ["quillnest.dev"],
    });
    expect(sameConstraints(given, next)).toBe(false);
  });
});

describe("constraintsInput", () => {
  it("sorts, so that one meaning has one digest", () => {
    const read = constraintsInput.parse({
      ...given,
      redirectHosts: ["quillnest.dev", "a.dev", "a.dev"],
      grants: [{ resource: tickets, scopes: ["tickets.read", "tickets.delete"] }],
    });
    expect(read).toEqual({ ...given, redirectHosts: ["a.dev", "quillnest.dev"] });
    const digest = (constraints: NamespaceConstraints) =>
      namespaceDigest({ pattern: "p", constraints, proposed: null, validDays: 90 });
    expect(digest(read)).not.toBe(digest(given));
    expect(namespaceDigest({ pattern: "p", constraints: given, proposed: read, validDays: 90 })).toBe(
      digest(read),
    );
  });

  it.each<[string, object]>([
    ["nowhere to go", { redirectHosts: [] }],
    ["a URL for a host", { redirectHosts: ["https://quillnest.dev"] }],
    ["a path", { redirectHosts: ["quillnest.dev/x"] }],
    ["a star", { redirectHosts: ["*.quillnest.dev"] }],
    ["capitals", { redirectHosts: ["Quillnest.dev"] }],
    ["a user", { redirectHosts: ["a@quillnest.dev"] }],
    ["a tunnel", { redirectHosts: ["x.ngrok.app"] }],
    ["a platform", { keyHost: "acme.vercel.app" }],
    ["an address", { redirectHosts: ["10.0.0.1"] }],
    ["a shared secret", { methods: ["client_secret_basic"] }],
    ["no grants", { grants: [] }],
    ["no children", { mostChildren: 0 }],
  ])("refuses %s", (_, part) =>
    expect(constraintsInput.safeParse({ ...given, ...part }).success).toBe(false),
  );
});

describe("compileNamespaces", () => {
  const now = 1_790_000_000_000;
  const namespace: CompilableNamespace = {
    number: 1,
    pattern: "https://quillnest.dev/oauth/*/client.json",
    state: "approved",
    constraints: given,
    proposed: null,
    approvedAt: now - 1,
    validUntil: now + 5_500,
    fullAt: null,
    grants: given.grants,
  };
  const wide = { ...namespace, number: 2, pattern: "https://quillnest.dev/*/*/client.json" };
  const compile = (namespaces: CompilableNamespace[], more: { salt?: string; decided?: string[] } = {}) =>
    compileNamespaces({ namespaces, decided: [], now, ...more });
  const entries = (...args: Parameters<typeof compile>) =>
    parseNamespaces(JSON.parse(compile(...args)?.body ?? "null"));

  it("writes what a consumer understands, in RFC 8785 form, named by its hash", () => {
    const node = compile([namespace], { salt: "s" });
    expect(node?.sha256).toBe(sha256Hex(node?.body ?? ""));
    expect(node?.body).toMatch(/^\{"namespaces":\[\{"exp":1790000005,.*"salt":"s","v":1\}$/);
    expect(entries([namespace], { salt: "s" })).toMatchObject([
      { pattern: namespace.pattern, status: "allow", jwks_host: "quillnest.dev", exp: 1_790_000_005 },
    ]);
  });

  it("puts the more specific first, whatever order they come in", () => {
    expect(entries([wide, namespace])?.map(({ pattern }) => pattern)).toEqual([
      namespace.pattern,
      wide.pattern,
    ]);
    expect(compile([wide, namespace])).toEqual(compile([namespace, wide]));
  });

  it.each<[string, Partial<CompilableNamespace>, string | undefined]>([
    ["suspended", { state: "suspended" }, "suspended"],
    ["run out", { validUntil: now }, "expired"],
    ["full", { fullAt: now }, "too_many_children"],
    ["retired", { state: "retired" }, "retired"],
    ["asked for again", { state: "pending" }, "retired"],
    ["never approved", { state: "pending", approvedAt: null }, undefined],
    ["without a grant here", { grants: [] }, "nothing_left"],
    ["without a method", { constraints: { ...given, methods: [] } }, "nothing_left"],
  ])("%s: a broader pattern does not take its clients over", (_, part, reason) => {
    const first = entries([{ ...namespace, ...part }, wide])?.find((e) => e.pattern === namespace.pattern);
    expect(first?.reason).toBe(reason);
    expect(first?.status).toBe(reason && "deny");
  });

  it("refuses what is suspended by name also when nothing else is allowed, and says nothing where it never counted", () => {
    const suspended = { ...namespace, state: "suspended" as const };
    expect(entries([suspended], { decided: ["https://quillnest.dev/oauth/x/client.json"] })).toEqual([
      { pattern: namespace.pattern, status: "deny", reason: "suspended", ref: "namespace 1" },
    ]);
    expect(compile([{ ...suspended, grants: [] }])).toBeUndefined();
    expect(compile([{ ...namespace, approvedAt: null }])).toBeUndefined();
  });

  describe("while a list is rolled back", () => {
    const older = (...args: Parameters<typeof compile>) => [...(entries(...args) ?? [])];
    const read = (held: NamespaceEntry[][], namespaces = [namespace]) =>
      parseNamespaces(JSON.parse(compileNamespaces({ namespaces, decided: [], held, now })?.body ?? "null"));

    it("allows nothing that the older release does not allow", () => {
      const before = older([
        {
          ...namespace,
          validUntil: now + 2_000,
          constraints: { ...given, redirectHosts: [], loopback: false },
          grants: given.grants.map(({ resource }) => ({ resource, scopes: [] })),
        },
      ]);
      expect(read([older([namespace])])).toEqual(entries([namespace]));
      expect(read([before])).toMatchObject([{ status: "deny", reason: "rolled_back" }]);
      const narrow = older([
        { ...namespace, validUntil: now + 2_000, constraints: { ...given, redirectHosts: [] } },
      ]);
      expect(read([narrow])).toMatchObject([
        { status: "allow", redirect_hosts: [], exp: Math.floor((now + 2_000) / 1_000) },
      ]);
      expect(read([[]])).toMatchObject([{ status: "deny", reason: "rolled_back" }]);
      expect(read([older([namespace]), []])).toMatchObject([{ status: "deny" }]);
    });

    it("hands no client of one pattern to another", () => {
      const both = older([wide, namespace]);
      expect(read([older([wide])], [wide, namespace])?.map(({ status }) => status)).toEqual([
        "deny",
        "allow",
      ]);
      expect(read([both], [wide])?.map(({ status }) => status)).toEqual(["deny", "allow"]);
    });
  });

  it("lists clients decided on by themselves before the patterns", () => {
    const decided = ["https://quillnest.dev/oauth/bad/client.json"];
    expect(entries([namespace], { decided })?.[0]).toMatchObject({ pattern: decided[0], status: "deny" });
  });

  it("refuses all of them when an object cannot hold the exceptions", () => {
    const decided = Array.from(
      { length: 9_000 },
      (_, n) => `https://quillnest.dev/oauth/client-number-${n}/client.json`,
    );
    expect(entries([namespace], { decided })).toMatchObject([
      { status: "deny", reason: "too_many_exceptions" },
    ]);
  });
});
