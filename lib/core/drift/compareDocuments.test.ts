import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { compareDocuments, highestSeverity } from "./compareDocuments.ts";
import { driftSeverities } from "./Drift.ts";
import { driftRules } from "./driftRules.ts";
import {
  approvedDocument,
  comparedOf,
  type DriftCase,
  key,
  registered,
  withKeys,
} from "./testing/driftTable.ts";

const rulesFolder = new URL("./rules/", import.meta.url);

describe("the list", () => {
  const files = readdirSync(rulesFolder).filter((name) => !name.endsWith(".test.ts"));
  const tests = readdirSync(rulesFolder)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(new URL(name, rulesFolder), "utf8"))
    .join("\n");

  test("holds every rule file once, under its own name", () => {
    expect(driftRules.map(({ id }) => `${id.replace(/^drift\./, "")}.ts`).sort()).toEqual(files.sort());
  });

  test.each(driftRules.map((rule) => [rule.id, rule] as const))(
    "%s explains itself and has a table",
    (id, rule) => {
      expect(id).toMatch(/^drift\.[a-z0-9-]+$/);
      expect(rule.rationale).toMatch(/^[A-Z].*\.$/);
      for (const text of [rule.title, rule.clause]) expect(text.length).toBeGreaterThan(3);
      expect(tests).toContain(`"./${id.replace(/^drift\./, "")}.ts"`);
    },
  );
});

const changes = (it: Omit<DriftCase, "is">) => compareDocuments(comparedOf({ ...it, is: "" }));
const said = (it: Omit<DriftCase, "is">) =>
  changes(it).map(({ rule, severity }) => `${severity} ${rule.slice(6)}`);

describe("one cause is told once", () => {
  const a = key("a");
  const b = key("b");
  const own = "https://app.acme.com/callback";
  test.each<[string, Omit<DriftCase, "is">, string[]]>([
    ["white space", { to: JSON.stringify(approvedDocument, null, 3) }, []],
    ["a default written out", { to: { application_type: "web" } }, ["low formatting-only"]],
    ["hard cutover", { from: withKeys, to: withKeys, keys: [[a], [b]] }, ["high key-hard-cutover"]],
    [
      "silent replacement",
      { from: withKeys, to: withKeys, keys: [[a], [key("b", { kid: "a" })]] },
      ["critical key-same-kid-replaced"],
    ],
    [
      "planned rotation, third step",
      {
        from: withKeys,
        to: withKeys,
        keys: [
          [a, b],
          [b, key("c")],
        ],
      },
      ["low key-added", "low key-retired"],
    ],
    ["no keys left", { from: withKeys, to: withKeys, keys: [[a], []] }, ["critical key-set-emptied"]],
    [
      "a new key with its private half",
      { from: withKeys, to: withKeys, keys: [[a], [a, { ...b, d: "x" }]] },
      ["critical key-private-published"],
    ],
    [
      "the client gives up its key",
      { from: { ...withKeys, token_endpoint_auth_signing_alg: "ES256" }, keys: [[a], undefined] },
      ["critical auth-downgraded", "low key-retired"],
    ],
    [
      "the client gets a key",
      { to: withKeys, keys: [undefined, [a]] },
      ["medium auth-upgraded", "low key-added"],
    ],
    [
      "the client gets a key from elsewhere",
      { to: { ...withKeys, jwks_uri: "https://evil.net/k" }, keys: [undefined, [a]] },
      ["critical key-source-changed", "medium auth-upgraded", "low key-added"],
    ],
    [
      "a shared secret",
      { to: { token_endpoint_auth_method: "client_secret_basic" } },
      ["critical auth-shared-secret"],
    ],
    [
      "another site instead",
      { to: { redirect_uris: ["https://evil.net/cb"] } },
      ["critical redirect-added-new-site", "high redirect-all-replaced"],
    ],
    ["no callback left", { to: { redirect_uris: [] } }, ["high redirect-emptied"]],
    [
      "a private key under an unknown name",
      { to: { x: { kty: "EC", d: "x" } } },
      ["critical key-private-published"],
    ],
    ["a broken document", { to: "<html>" }, ["high document-unreadable"]],
    [
      "worst first",
      {
        to: {
          redirect_uris: [own, "http://acme.com/cb"],
          scope: "x",
          logo_uri: "https://app.acme.com/l.png",
        },
      },
      ["critical redirect-added-http", "high scope-widened", "medium logo-changed", "low scope-narrowed"],
    ],
  ])("%s", (_it, it, expected) => {
    expect(said(it)).toEqual(expected);
  });
});

test("a software statement counts for those who believe it, and hides nothing from the others", () => {
  const statement = (claims: object) => ({
    software_statement: `x.${Buffer.from(JSON.stringify({ iss: "https://a.net", ...claims })).toString("base64url")}.x`,
  });
  const evil = { redirect_uris: ["https://app.acme.com/callback", "https://evil.net/cb"] };
  const same = { redirect_uris: ["https://app.acme.com/callback"] };
  const told = changes({ from: statement({}), to: statement(evil) });
  expect(told[0]).toMatchObject({ rule: "drift.redirect-added-new-site", path: "/software_statement" });
  expect(said({ from: statement(same), to: { ...statement(same), ...evil } })[0]).toBe(
    "critical redirect-added-new-site",
  );
  expect(said({ from: statement({}), to: statement({ client_secret: "x" }) })[0]).toBe(
    "critical secret-published",
  );
});

test("values that nobody may see are not in the answer", () => {
  const text = JSON.stringify(
    changes({
      to: {
        client_secret: "s3cret-1",
        x: { kty: "EC", d: "s3cret-2" },
        y: "-----BEGIN PRIVATE KEY-----\ns3cret-3\n-----END PRIVATE KEY-----",
        jwks: { keys: [{ ...key("a"), d: "s3cret-4" }] },
      },
    }),
  );
  expect(text).not.toContain("s3cret");
});

describe("real clients", () => {
  interface Line {
    url: string;
    kind: string;
    retrieved: string;
    body?: Record<string, unknown>;
  }
  const lines = readFileSync(new URL("../../../e2e/sandbox/real-clients.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const bodies = (url: string) => lines.filter((line) => line.url === url).map(({ body }) => body ?? {});
  const compare = (clientId: string, before: object, after: object) =>
    compareDocuments({
      clientId,
      before: parseDocument(JSON.stringify(before)),
      after: parseDocument(JSON.stringify(after)),
    }).map(({ rule, severity, message }) => [rule, severity, message]);

  test("VS Code added a logo in 2026", () => {
    const url = "https://vscode.dev/oauth/client-metadata.json";
    const [before = {}, after = {}] = bodies(url);
    expect(compare(url, before, after)).toEqual([
      [
        "drift.logo-changed",
        "medium",
        'The client now shows a logo, "https://code.visualstudio.com/assets/branding/code-stable.png".',
      ],
    ]);
    expect(compare(url, after, before)).toEqual([
      ["drift.logo-changed", "medium", expect.stringContaining("removed")],
    ]);
  });

  test("ChatGPT offered to go without authentication between May and August 2026", () => {
    const [may = {}] = bodies("https://chatgpt.com/oauth/abc/client.json");
    const url = "https://chatgpt.com/oauth/IbUR3zxyNQ16/client.json";
    const [august = {}] = bodies(url);
    const renamed = JSON.parse(JSON.stringify(may).replaceAll("/abc", "/IbUR3zxyNQ16")) as object;
    expect(compare(url, renamed, august)).toEqual([
      ["drift.auth-downgraded", "critical", expect.stringContaining('"none" was added')],
      ["drift.logo-changed", "medium", expect.any(String)],
      ["drift.link-changed", "low", 'client_uri is now "https://chatgpt.com/".'],
    ]);
  });

  test("none differs from itself", () => {
    for (const { url, body } of lines) {
      if (body === undefined) continue;
      expect(compare(url, body, structuredClone(body))).toEqual([]);
      const keys = [body, structuredClone(body)].map((set) => parseKeySet(set, url));
      const document = parseDocument(JSON.stringify(withKeys));
      const both = { before: document, after: document, keysBefore: keys[0], keysAfter: keys[1] };
      expect(compareDocuments({ clientId: url, ...both })).toEqual([]);
    }
  });
});

describe("properties", () => {
  const uri = fc.oneof(
    fc.constantFrom(
      "https://app.acme.com/a",
      "https://app.acme.com/b",
      "https://app.acme.com:8443/a",
      "https://www.acme.com/a",
      "https://acme.net/a",
      "https://x.github.io/a",
      "http://acme.com/a",
      "http://127.0.0.1/a",
      "http://127.0.0.1:1/a",
      "http://localhost:2/a",
      "http://[::1]/a",
      "com.acme.app:/a",
      "javascript:x",
      "https://*.acme.com/a",
      "/a",
      "",
    ),
    fc.webUrl(),
  );
  const word = fc.constantFrom(
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "implicit",
    "a",
    "b",
    "c",
  );
  const keyOf = fc
    .record({
      name: fc.constantFrom("a", "b", "c", "d"),
      kid: fc.constantFrom("1", "2", undefined),
      use: fc.constantFrom("sig", "enc", undefined),
    })
    .map(({ name, ...members }) => key(name, members));
  const members = fc.record(
    {
      client_id: fc.constantFrom(registered, "https://evil.net/c", 5),
      client_name: fc.oneof(fc.string(), fc.constant(null)),
      redirect_uris: fc.oneof(fc.array(uri, { maxLength: 5 }), fc.constant("x")),
      grant_types: fc.array(word, { maxLength: 4 }),
      response_types: fc.array(fc.constantFrom("code", "token", "id_token token", "token id_token"), {
        maxLength: 3,
      }),
      scope: fc.array(word, { maxLength: 3 }).map((words) => words.join(" ")),
      token_endpoint_auth_method: fc.constantFrom("none", "private_key_jwt", "client_secret_basic", 5),
      token_endpoint_auth_methods_supported: fc.array(
        fc.constantFrom("none", "private_key_jwt", "tls_client_auth"),
      ),
      jwks: fc.oneof(fc.record({ keys: fc.array(keyOf, { maxLength: 4 }) }), fc.jsonValue()),
      jwks_uri: fc.webUrl(),
      software_version: fc.constantFrom("1", "1.2", "x"),
      logo_uri: fc.webUrl(),
      contacts: fc.jsonValue(),
      "client_name#de": fc.string(),
      x: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  const compare = (before: object, after: object) =>
    compareDocuments({
      clientId: registered,
      before: parseDocument(JSON.stringify(before)),
      after: parseDocument(JSON.stringify(after)),
    });

  test("a document does not differ from itself", () => {
    fc.assert(
      fc.property(members, (document) => {
        expect(compare(document, structuredClone(document))).toEqual([]);
      }),
    );
  });

  test("a difference is never passed over, and what is said is safe to print", () => {
    fc.assert(
      fc.property(members, members, (before, after) => {
        const found = compare(before, after);
        const [a, b] = [before, after].map((each) => parseDocument(JSON.stringify(each)).digests);
        if (a !== undefined && b !== undefined && a.canonical !== b.canonical) expect(found).not.toEqual([]);
        for (const { message } of found) expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        const order = found.map(({ severity }) => driftSeverities.indexOf(severity));
        expect(order).toEqual(order.toSorted((x, y) => x - y));
      }),
    );
  });

  test("what one direction gains, the other loses", () => {
    const values = (
      found: ReturnType<typeof compare>,
      path: string,
      effect: string,
      side: "before" | "after",
    ) =>
      found
        .filter((change) => change.effect === effect && change.path.startsWith(path))
        // Another name of the same loopback callback is a new string either way, which somebody has to list.
        .filter((change) => change.rule !== "drift.redirect-loopback-name")
        .flatMap((change) => change[side] as string[])
        .sort();
    fc.assert(
      fc.property(members, members, (before, after) => {
        const [there, back] = [compare(before, after), compare(after, before)];
        for (const path of ["/redirect_uris", "/scope", "/grant_types", "/response_types"]) {
          expect(new Set(values(there, path, "growth", "after"))).toEqual(
            new Set(values(back, path, "shrinkage", "before")),
          );
        }
      }),
    );
  });

  test("no text whatever makes it throw", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        compareDocuments({ clientId: before, before: parseDocument(before), after: parseDocument(after) });
      }),
    );
  });
});

test("the highest severity", () => {
  expect(highestSeverity([])).toBe("none");
  expect(highestSeverity([{ severity: "low" }, { severity: "high" }])).toBe("high");
});
