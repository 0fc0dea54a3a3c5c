import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { approvedDocument, key, registered, withKeys } from "#lib/core/drift/testing/driftTable.ts";
import { answerLines } from "./answerLines.ts";
import { registerDiff } from "./diff.ts";
import { diffLine } from "./diff/diffLine.ts";

const line = (members: object) =>
  JSON.stringify({ id: 1, before: approvedDocument, after: approvedDocument, ...members });
const widened = {
  ...approvedDocument,
  redirect_uris: [...approvedDocument.redirect_uris, "https://evil.net/cb"],
};

describe("a line", () => {
  test("nothing changed", () => {
    expect(diffLine(line({ id: "a" }))).toEqual({ id: "a", severity: "none", changes: [] });
  });
  test("a change carries its rule, severity, message, place and values", () => {
    expect(diffLine(line({ after: widened }))).toEqual({
      id: 1,
      severity: "critical",
      changes: [
        {
          rule: "drift.redirect-added-new-site",
          severity: "critical",
          message:
            'Sign-in codes could now go to a different organisation, "evil.net" (added: "https://evil.net/cb").',
          path: "/redirect_uris/1",
          after: ["https://evil.net/cb"],
        },
      ],
    });
  });
  test("documents may be text, where duplicates count", () => {
    const after = JSON.stringify(approvedDocument).replace("{", '{"client_id":"https://evil.net/c",');
    expect(diffLine(line({ before: JSON.stringify(approvedDocument), after }))).toMatchObject({
      severity: "high",
      changes: [{ rule: "drift.document-unreadable" }],
    });
    expect(diffLine(line({}).replace('"after":{', '"after":{"client_name":"x",'))).toMatchObject({
      changes: [{ rule: "drift.document-unreadable" }],
    });
  });
  test("a later document that is none", () => {
    for (const after of ["<html>", "", 5, [], JSON.parse("[".repeat(30) + "]".repeat(30))])
      expect(diffLine(line({ after }))).toMatchObject({
        severity: "high",
        changes: [{ rule: "drift.document-unreadable" }],
      });
  });
  test("key sets, as values or text", () => {
    const document = { ...approvedDocument, ...withKeys };
    const sets = { jwks_before: { keys: [key("a")] }, jwks_after: JSON.stringify({ keys: [key("b")] }) };
    expect(diffLine(line({ before: document, after: document, ...sets }))).toMatchObject({
      severity: "high",
      changes: [{ rule: "drift.key-hard-cutover", path: "jwks#/keys" }],
    });
  });
  test("the registered client_id counts, and without one the earlier document's", () => {
    const after = { ...approvedDocument, client_id: "https://evil.net/c" };
    const rules = [{ rule: "drift.client-id-mismatch", severity: "critical" }];
    expect(diffLine(line({ after }))).toMatchObject({ changes: rules });
    expect(diffLine(line({ after, client_id: registered }))).toMatchObject({ changes: rules });
  });
});

test.each<[string, unknown]>([
  ["{", null],
  ["[]", null],
  ['{"id":7}', 7],
  ['{"id":7,"before":{}}', 7],
  ['{"id":7,"before":{},"after":null}', 7],
  ['{"id":7,"before":"<html>","after":{}}', 7],
  ['{"id":7,"before":{},"before":{},"after":{}}', 7],
  ['{"id":7,"before":{},"after":{},"client_id":5}', 7],
  ["[".repeat(100_000), null],
])("goes on after %s", async (bad, id) => {
  let output = "";
  const lines = (async function* () {
    yield* [bad, "", line({ id: 9 })];
  })();
  expect(await answerLines(lines, (text) => void (output += text), diffLine)).toBe(2);
  const answers = output
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text) as object);
  expect(answers).toEqual([
    { id, error: expect.any(String) },
    { id: 9, severity: "none", changes: [] },
  ]);
});

describe("two files", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "diff-"));
    const files = {
      old: approvedDocument,
      new: widened,
      reworded: { ...approvedDocument, application_type: "web" },
      keyed: { ...approvedDocument, ...withKeys },
      "jwks-old": { keys: [key("a")] },
      "jwks-new": { keys: [key("a"), key("b")] },
    };
    for (const [name, value] of Object.entries(files))
      await writeFile(join(folder, name), JSON.stringify(value));
    await writeFile(join(folder, "html"), "<html>");
  });
  afterAll(() => rm(folder, { recursive: true }));
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  async function run(...args: string[]) {
    let out = "";
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      out += String(text);
      return true;
    });
    const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
    registerDiff(program, { baseUrl: () => "https://rollcall.example" });
    const inFolder = args.map((arg) => (arg.startsWith("-") ? arg : join(folder, arg)));
    let code: number;
    try {
      await program.parseAsync(["node", "rollcall", "diff", ...inFolder]);
      code = Number(process.exitCode ?? 0);
    } catch (error) {
      if (!(error instanceof Error && "exitCode" in error)) throw error;
      code = 2;
    }
    return { code, out };
  }

  test("exit codes: 0 up to low, 1 from medium, 2 for usage", async () => {
    expect((await run("old", "old")).code).toBe(0);
    expect((await run("old", "reworded")).code).toBe(0);
    expect((await run("keyed", "keyed", "--jwks-old", "jwks-old", "--jwks-new", "jwks-new")).code).toBe(0);
    expect((await run("old", "new")).code).toBe(1);
    expect((await run("old", "html")).code).toBe(1);
    expect((await run("html", "old")).code).toBe(2);
    expect((await run("old", "missing")).code).toBe(2);
    expect((await run("old")).code).toBe(2);
    expect((await run("-", "-")).code).toBe(2);
  });
  test("for a person", async () => {
    expect((await run("old", "old")).out).toBe("none: nothing changed.\n");
    const { out } = await run("old", "new");
    expect(out).toMatch(
      /^critical: one change\n\n {2}critical {2}drift\.redirect-added-new-site {2}at \/redirect_uris\/1\n/,
    );
    expect(out).toContain("Why it matters: A code sent there can be redeemed");
  });
  test("for a program", async () => {
    const { out } = await run("keyed", "keyed", "--jwks-old", "jwks-old", "--jwks-new", "jwks-new", "--json");
    expect(JSON.parse(out)).toMatchObject({ severity: "low", changes: [{ rule: "drift.key-added" }] });
  });
  test("from which severity on it fails", async () => {
    expect((await run("old", "new", "--fail-on=critical")).code).toBe(1);
    expect((await run("old", "html", "--fail-on=critical")).code).toBe(0);
    expect((await run("old", "reworded", "--fail-on=info")).code).toBe(1);
    expect((await run("old", "old", "--fail-on=info")).code).toBe(0);
    expect((await run("old", "new", "--fail-on=none")).code).toBe(0);
    expect((await run("old", "new", "--fail-on=bad")).code).toBe(2);
  });
  test("for a code scanner, in the later document", async () => {
    const { code, out } = await run("old", "new", "--sarif");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          artifacts: [{ location: { uri: expect.stringMatching(/^file:.*\/new$/) as string } }],
          results: [
            {
              ruleId: "drift.redirect-added-new-site",
              level: "error",
              locations: [{ logicalLocations: [{ fullyQualifiedName: "/redirect_uris/1" }] }],
            },
          ],
        },
      ],
    });
    expect((await run("old", "new", "--sarif", "--json")).code).toBe(2);
    expect((await run("--stdin", "--sarif")).code).toBe(2);
  });
});
