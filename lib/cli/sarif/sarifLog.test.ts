import { describe, expect, test } from "vitest";
import { z } from "zod";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { soundDocument, soundUrl } from "#lib/core/check/testing/caseTable.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { allRules } from "#lib/core/rules/allRules.ts";
import { regionsIn } from "./regionsIn.ts";
import { type SarifSubject, sarifLog } from "./sarifLog.ts";

const rules = allRules.filter(({ kind }) => kind === "check");
const log = (...subjects: SarifSubject[]) =>
  sarifLog({ command: "check", rules, subjects, baseUrl: "https://rollcall.example" });
const finding = (path: string, message = "Something.") => ({
  rule: "redirect.wildcard",
  severity: "error" as const,
  message,
  path,
});
const uri = "clients/acme.json";
const text = `{
  "client_id": "https://app.acme.com/c",
  "redirect_uris": [
    "https://a.example/cb",
    "https://*.example/cb"
  ],
  "jwks_uri": "https://app.acme.com/jwks"
}`;

describe("the place of a finding", () => {
  const placeOf = (path: string, subject: Partial<SarifSubject> = {}) =>
    log({ document: { uri, text }, findings: [finding(path)], ...subject }).runs[0]?.results[0]?.locations[0]
      ?.physicalLocation;
  test.each([
    ["/redirect_uris/1", [5, 5, 5, 27]],
    ["/redirect_uris", [3, 3, 6, 4]],
    ["/redirect_uris/7", [3, 3, 6, 4]],
    ["client_id", [2, 3, 2, 40]],
    ["jwks#/keys/0", [7, 3, 7, 42]],
  ])("%s", (path, [startLine, startColumn, endLine, endColumn]) => {
    expect(placeOf(path)).toEqual({
      artifactLocation: { uri, index: 0 },
      region: { startLine, startColumn, endLine, endColumn },
    });
  });
  test.each(["", "response", "/nothing"])("%j is the whole", (path) => {
    expect(placeOf(path)?.region).toEqual({ startLine: 1, startColumn: 1 });
  });
  test("in a key set of its own", () => {
    const keySet = { uri: "jwks.json", text: '{"keys":\n[{"kty":"oct"}]}' };
    expect(placeOf("jwks#/keys/0/kty", { keySet })).toEqual({
      artifactLocation: { uri: "jwks.json", index: 1 },
      region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 14 },
    });
  });
  test("of what is no JSON is where it stops being that", () => {
    expect(regionsIn('{\r\n"a": 1,\r\n}')("")).toEqual({ startLine: 3, startColumn: 1 });
    expect(regionsIn("")("/a")).toEqual({ startLine: 1, startColumn: 1 });
  });
});

test("several files are one run; levels follow severities", () => {
  const { runs } = log(
    { document: { uri: "a.json", text }, findings: [finding(""), { ...finding(""), severity: "warning" }] },
    { document: { uri: "b.json", text }, findings: [{ ...finding(""), severity: "info" }] },
    { document: { uri: "c.json", text }, findings: [] },
  );
  expect(runs).toHaveLength(1);
  expect(runs[0]?.artifacts.map(({ location }) => location.uri)).toEqual(["a.json", "b.json", "c.json"]);
  expect(runs[0]?.results.map(({ level, locations }) => [level, locations[0]?.physicalLocation])).toEqual([
    ["error", expect.objectContaining({ artifactLocation: { uri: "a.json", index: 0 } })],
    ["warning", expect.anything()],
    ["note", expect.objectContaining({ artifactLocation: { uri: "b.json", index: 1 } })],
  ]);
});

test("a document cannot put a link into a message", () => {
  const found = finding("", 'client_name "[sign in](https://evil.net)" and [::1] stay text.');
  expect(log({ document: { uri, text }, findings: [found] }).runs[0]?.results[0]?.message.text).toBe(
    'client_name "\\[sign in](https://evil.net)" and [::1] stay text.',
  );
});

test("a finding keeps its fingerprint when its words change, and shares it with no other", () => {
  const printsOf = (...messages: string[]) =>
    log({
      document: { uri, text },
      findings: messages.map((message) => finding("/a", message)),
    }).runs[0]?.results.map(({ partialFingerprints }) => partialFingerprints["rollcall/v1"]);
  expect(printsOf("One.", "Two.")).toEqual(printsOf("Three.", "Four."));
  expect(new Set(printsOf("One.", "Two.")).size).toBe(2);
});

/** SARIF 2.1.0, sarif-schema-2.1.0.json: the objects written here with their required members, and no others. */
const sarifSchema = (() => {
  const message = z.strictObject({ text: z.string().min(1) });
  const level = z.enum(["none", "note", "warning", "error"]);
  const uriReference = z.string().regex(/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/);
  const positive = z.int().min(1);
  const region = z.strictObject({
    startLine: positive,
    startColumn: positive,
    endLine: positive.optional(),
    endColumn: positive.optional(),
  });
  return z.strictObject({
    $schema: z.url(),
    version: z.literal("2.1.0"),
    runs: z.array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string(),
            informationUri: z.url(),
            rules: z.array(
              z.strictObject({
                id: z.string(),
                shortDescription: message,
                fullDescription: message,
                help: message,
                helpUri: z.url(),
                defaultConfiguration: z.strictObject({ level }),
                properties: z.strictObject({ tags: z.array(z.string()) }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string() }),
        columnKind: z.enum(["utf16CodeUnits", "unicodeCodePoints"]),
        artifacts: z.array(z.strictObject({ location: z.strictObject({ uri: uriReference }) })),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message,
            locations: z.array(
              z.strictObject({
                physicalLocation: z.strictObject({
                  artifactLocation: z.strictObject({ uri: uriReference, index: z.int().min(0) }),
                  region,
                }),
                logicalLocations: z
                  .array(z.strictObject({ fullyQualifiedName: z.string(), kind: z.literal("member") }))
                  .optional(),
              }),
            ),
            partialFingerprints: z.record(z.string(), z.string()),
            properties: z.strictObject({ severity: z.string(), path: z.string() }),
          }),
        ),
      }),
    ),
  });
})();

test("the log has the published structure, whatever the document is", () => {
  const bodies = [
    JSON.stringify(soundDocument, null, 2),
    "<html>",
    "",
    JSON.stringify({
      ...soundDocument,
      client_secret: "x",
      redirect_uris: ["https://*.acme.com/cb", "/relative"],
      jwks: { keys: [{ kty: "RSA", d: "x" }] },
      "a b/c": {},
    }),
  ];
  const whole = log(
    ...bodies.map((body, index) => ({
      document: { uri: `clients/client%20${index}.json`, text: body },
      findings: runChecks({ clientId: soundUrl, profile: "ietf", document: parseDocument(body) }),
    })),
  );
  const read: unknown = JSON.parse(JSON.stringify(whole));
  expect(sarifSchema.parse(read)).toEqual(read);
  const { tool, results, artifacts } = whole.runs[0] ?? {};
  expect(results?.length).toBeGreaterThan(4);
  for (const { ruleId, ruleIndex, locations } of results ?? []) {
    expect(tool?.driver.rules[ruleIndex]).toMatchObject({
      id: ruleId,
      helpUri: `https://rollcall.example/rules/${ruleId}`,
    });
    for (const { physicalLocation } of locations)
      expect(artifacts?.[physicalLocation.artifactLocation.index]?.location.uri).toBe(
        physicalLocation.artifactLocation.uri,
      );
  }
});
