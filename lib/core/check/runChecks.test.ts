import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { profiles } from "#lib/core/profile.ts";
import { soundDocument, soundUrl } from "./testing/caseTable.ts";
import { checks } from "./checks.ts";
import { runChecks } from "./runChecks.ts";
import { verdictOf } from "./verdictOf.ts";

const rulesFolder = new URL("./rules/", import.meta.url);

describe("the list", () => {
  const [tests, files] = [true, false].map((isTest) =>
    readdirSync(rulesFolder).filter((name) => name.endsWith(".test.ts") === isTest),
  ) as [string[], string[]];
  const tables = tests.map((name) => readFileSync(new URL(name, rulesFolder), "utf8")).join("\n");

  test("holds every rule file once, under its own name", () => {
    expect(checks.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test.each(checks.map((check) => [check.id, check] as const))(
    "%s explains itself and has a table",
    (id, check) => {
      expect(id).toMatch(/^[a-z]+\.[a-z0-9-]+$/);
      for (const text of [check.title, check.rationale, check.clause, check.example])
        expect(text.length).toBeGreaterThan(3);
      expect(tables).toContain(`"./${id}.ts"`);
    },
  );
});

const judge = (body: string | object, url = soundUrl) =>
  profiles.map((profile) => {
    const document = parseDocument(typeof body === "string" ? body : JSON.stringify(body));
    return verdictOf(runChecks({ clientId: url, profile, document }));
  });

test("a sound document leaves nothing to say in any profile", () => {
  const document = parseDocument(JSON.stringify(soundDocument));
  for (const profile of profiles) expect(runChecks({ clientId: soundUrl, profile, document })).toEqual([]);
  expect(judge(soundDocument)).toEqual(["valid", "valid", "valid"]);
});

test("errors come first, then warnings, then the rest", () => {
  const document = parseDocument(
    JSON.stringify({ ...soundDocument, client_secret: "x", redirect_uris: ["http://127.0.0.1:1/cb", "/cb"] }),
  );
  const order = runChecks({ clientId: `${soundUrl}?x`, profile: "ietf", document }).map(
    ({ severity }) => severity,
  );
  expect(new Set(order)).toEqual(new Set(["error", "warning", "info"]));
  const rank = ["error", "warning", "info"];
  expect(order).toEqual(order.toSorted((a, b) => rank.indexOf(a) - rank.indexOf(b)));
});

describe("a software statement", () => {
  const results = (claims: object, more: object = {}) => {
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const software_statement = `e30.${payload}.c2ln`;
    const document = parseDocument(JSON.stringify({ ...soundDocument, software_statement, ...more }));
    return runChecks({ clientId: soundUrl, profile: "ietf", document }).filter(
      ({ rule }) => rule !== "document.software-statement",
    );
  };
  test("is judged as the document of whoever believes it", () => {
    const wide = ["https://app.acme.com/callback", "http://app.acme.com/cb"];
    expect(results({ redirect_uris: wide })).toEqual([
      {
        rule: "redirect.http-remote",
        severity: "error",
        message: expect.stringMatching(/^By its software_statement: .*http:\/\/app/) as string,
        path: "/software_statement",
      },
    ]);
    expect(results({ grant_types: ["password"] }).map(({ rule }) => rule)).toContain("document.legacy-grant");
  });
  test("that repeats the document adds nothing", () => {
    expect(results({ ...soundDocument, iss: "https://federation.example" })).toEqual([]);
    expect(results({ redirect_uris: ["/x"] }, { redirect_uris: ["/x"] })).toHaveLength(1);
  });
});

test("hostile input of any shape is judged, never thrown at", () => {
  const values = [
    null,
    0,
    "",
    "x",
    [],
    {},
    [null],
    { keys: 5 },
    { keys: [null, 1, { kty: 5 }] },
    { a: { b: {} } },
  ];
  const names = [
    ...Object.keys(soundDocument),
    "jwks",
    "jwks_uri",
    "logo_uri",
    "client_secret",
    "software_statement",
    "contacts",
    "__proto__",
    "toString",
  ];
  for (const name of names) {
    for (const value of values) {
      const body = JSON.stringify({ ...soundDocument }).replace(
        /\}$/,
        `,${JSON.stringify(name)}:${JSON.stringify(value)}}`,
      );
      expect(() => judge(body)).not.toThrow();
    }
  }
  for (const url of [
    "",
    "x",
    "https://",
    "https://[",
    "https://[::1",
    "https://a@",
    "https://%",
    "//",
    "https://a:b:c/",
  ]) {
    expect(judge(soundDocument, url)).toEqual(["invalid", "invalid", "invalid"]);
  }
});

test("messages never print control or bidi characters", () => {
  const nasty = "\u0000\u001b[31m\u202E\u2066";
  const document = parseDocument(
    JSON.stringify({
      client_id: nasty,
      client_name: nasty,
      redirect_uris: [`x${nasty}:/`, `https://${nasty}/`, `http://a.com/${nasty}#`],
      token_endpoint_auth_method: `client_secret${nasty}`,
      jwks: { keys: [{ kid: nasty, kty: nasty, alg: "none" }] },
      [nasty]: { kty: "EC", d: nasty },
      jwks_uri: `https://localhost/${nasty}`,
    }),
  );
  const response = {
    status: 200,
    headers: { "content-type": nasty, location: nasty, "cache-control": `immutable${nasty}` },
    bytes: 1,
  };
  const results = runChecks({ clientId: `https://a.com/${nasty}`, profile: "mcp", document, response });
  expect(results.length).toBeGreaterThan(10);
  for (const { message } of results) expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

describe("real clients", () => {
  interface Line {
    url: string;
    kind: string;
    body?: object;
  }
  const lines = readFileSync(new URL("../../../e2e/sandbox/real-clients.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const documents = lines.filter(({ kind, body }) => kind === "metadata" && body !== undefined);
  const invalid = (index: number) =>
    documents.filter(({ url, body }) => judge(body ?? {}, url)[index] === "invalid").map(({ url }) => url);

  test("only documents that break a clause are invalid under ietf", () => {
    expect(invalid(0)).toEqual([
      "https://Neroil.github.io/bluesky-verifier-copla/client-metadata.json",
      "https://bibliome.club/client-metadata.json",
      "https://flushing.im/oauth-client-metadata.json",
      "https://madrilenyer.neocities.org/bsky/oauth/client-metadata.json",
      "https://sashankg.github.io/client-metadata.json",
      "https://www.mcpjam.com/.well-known/oauth/client-metadata.json",
    ]);
  });

  test.each([
    "claude.ai",
    "chatgpt.com",
    "vscode.dev",
    "zed.dev",
    "goose-docs.ai",
    "cursor.com",
    "opencode.ai",
    "api.factory.ai",
  ])("%s is not invalid under ietf and mcp", (host) => {
    const own = documents.filter(({ url }) => new URL(url).hostname === host);
    expect(own.length).toBeGreaterThan(0);
    for (const { url, body } of own) expect(judge(body ?? {}, url).slice(0, 2)).not.toContain("invalid");
  });
});
