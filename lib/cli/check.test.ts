import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { soundDocument, soundUrl } from "#lib/core/check/testing/caseTable.ts";
import { checkFile, checkNamed } from "./check/checkNamed.ts";
import { checkOne } from "./check/checkOne.ts";
import { checkStdin } from "./check/checkStdin.ts";
import { readLines } from "./check/readLines.ts";

const rules = (answer: { findings: readonly { rule: string }[] }) => answer.findings.map(({ rule }) => rule);

describe("checkOne", () => {
  test("a sound client", () => {
    expect(checkOne({ client_id: soundUrl, document: soundDocument })).toEqual({
      verdict: "valid",
      findings: [],
    });
  });
  test("without a document only the URL is judged", () => {
    expect(checkOne({ client_id: soundUrl, document: null })).toEqual({ verdict: "valid", findings: [] });
    expect(rules(checkOne({ client_id: "http://app.acme.com/c" }))).toEqual(["url.scheme"]);
  });
  test("the profile decides", () => {
    const document = { ...soundDocument, client_name: undefined };
    expect(checkOne({ client_id: soundUrl, document }).verdict).toBe("warn");
    expect(checkOne({ client_id: soundUrl, document, profile: "mcp" }).verdict).toBe("invalid");
  });
  test("a raw body keeps its duplicates", () => {
    const document = JSON.stringify(soundDocument).replace("{", '{"client_id":"https://evil.net/c",');
    expect(rules(checkOne({ client_id: soundUrl, document }))).toEqual(["document.duplicate-member"]);
  });
  test("a key set alone", () => {
    const jwks = { keys: [{ kty: "oct", k: "x" }] };
    expect(rules(checkOne({ client_id: soundUrl, jwks }))).toContain("key.symmetric");
    expect(rules(checkOne({ client_id: soundUrl, jwks: "<html>" }))).toEqual(["key.set-syntax"]);
  });
});

async function stdin(...lines: string[]) {
  let output = "";
  const source = (async function* () {
    yield* lines;
  })();
  const exitCode = await checkStdin(source, (text) => void (output += text));
  return {
    exitCode,
    answers: output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe("checkStdin", () => {
  const line = (members: object) =>
    JSON.stringify({ id: 1, client_id: soundUrl, document: soundDocument, ...members });

  test("one line each, in order", async () => {
    const { exitCode, answers } = await stdin(
      line({ id: "a" }),
      "",
      line({ id: 2, client_id: "http://x" }),
      line({ id: null }),
    );
    expect(exitCode).toBe(0);
    expect(answers.map(({ id, verdict }) => [id, verdict])).toEqual([
      ["a", "valid"],
      [2, "invalid"],
      [null, "valid"],
    ]);
    expect(answers[0]).toEqual({ id: "a", verdict: "valid", findings: [] });
  });

  const unusable: [string, unknown][] = [
    ["{", null],
    ["[]", null],
    ["5", null],
    ['{"id":7}', 7],
    ['{"id":7,"client_id":"https://a.b/c","document":{},"document":{}}', 7],
    ['{"id":7,"client_id":5}', 7],
    ['{"id":7,"client_id":"https://a.b/c","profile":"x"}', 7],
    ["[".repeat(100_000), null],
  ];
  test.each(unusable)("goes on after %s", async (bad, id) => {
    const { exitCode, answers } = await stdin(bad, line({ id: 9 }));
    expect(exitCode).toBe(2);
    expect(answers[0]).toEqual({ id, error: expect.any(String) });
    expect(answers[1]).toMatchObject({ id: 9, verdict: "valid" });
  });

  test("duplicates count in a body and in an object", async () => {
    const twice = JSON.stringify(soundDocument).replace("{", '{"client_id":"x",');
    const { answers } = await stdin(
      line({ document: twice }),
      line({ document: 0 }).replace('"document":0', `"document":${twice}`),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({
        verdict: "invalid",
        findings: [{ rule: "document.duplicate-member", path: "/client_id" }],
      });
    }
  });

  test("sixteen levels of a document are read, seventeen are a finding", async () => {
    const deep = (levels: number) =>
      line({ document: 0 }).replace(
        '"document":0',
        `"document":${'{"a":'.repeat(levels - 1)}{}${"}".repeat(levels - 1)}`,
      );
    const { answers } = await stdin(deep(16), deep(17));
    const said = answers.map((answer) =>
      rules(answer as { findings: { rule: string }[] }).includes("document.syntax"),
    );
    expect(said).toEqual([false, true]);
  });
});

test("readLines cuts anywhere", async () => {
  async function* chunks() {
    yield "\ufeffa\nb";
    yield "c\n\n";
    yield "d";
  }
  const lines: string[] = [];
  for await (const line of readLines(chunks())) lines.push(line);
  expect(lines).toEqual(["a", "bc", "", "d"]);
});

describe("checkNamed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-check-"));
  afterAll(() => rm(folder, { recursive: true }));
  const fetched = (url: string, body: object): Fetched => ({
    url,
    kind: "document",
    outcome: "ok",
    sentence: "",
    status: 200,
    headers: { "content-type": "application/json", "cache-control": "max-age=60", etag: '"1"' },
    body: Buffer.from(JSON.stringify(body)),
    bytes: 500,
    milliseconds: 1,
  });

  test("a document from a file", async () => {
    const document = join(folder, "client.json");
    await writeFile(document, JSON.stringify({ ...soundDocument, client_secret: "x" }));
    expect(rules((await checkNamed(soundUrl, { profile: "ietf", document })).answer)).toEqual([
      "document.secret",
    ]);
  });

  test("fetches the document and its key set", async () => {
    const asked: string[] = [];
    const jwks_uri = "https://app.acme.com/jwks.json";
    const { answer } = await checkNamed(
      soundUrl,
      { profile: "ietf" },
      {
        fetch: async (url, kind) => {
          asked.push(`${kind} ${url}`);
          return fetched(url, kind === "jwks" ? { keys: "x" } : { ...soundDocument, jwks_uri });
        },
      },
    );
    expect(asked).toEqual([`document ${soundUrl}`, `jwks ${jwks_uri}`]);
    expect(rules(answer)).toEqual(["key.set-syntax"]);
  });

  test("a failed fetch is a finding", async () => {
    const { body: _, ...answer } = fetched(soundUrl, {});
    const fetch = async (): Promise<Fetched> => ({ ...answer, outcome: "not_found", status: 404 });
    expect(rules((await checkNamed(soundUrl, { profile: "ietf" }, { fetch })).answer)).toEqual([
      "fetch.status",
    ]);
  });

  test("what is no client_id is not fetched", async () => {
    const fetch = () => Promise.reject(new Error("fetched"));
    expect((await checkNamed("http://x", { profile: "ietf" }, { fetch })).answer.verdict).toBe("invalid");
  });

  test("what DNS says of the hosts it leads to counts", async () => {
    const { answer } = await checkNamed(
      soundUrl,
      { profile: "ietf" },
      {
        fetch: async (url) => fetched(url, { ...soundDocument, logo_uri: "https://cdn.acme.com/l.png" }),
        lookUp: async () => ({
          addresses: { "app.acme.com": [], "cdn.acme.com": ["10.0.0.8"] },
          openedAddresses: [],
        }),
      },
    );
    expect(rules(answer)).toEqual(["document.special-address", "redirect.unresolvable"]);
  });

  test("a file is judged as the client that it says it is; one that does not say is told so alone", async () => {
    const file = join(folder, "named.json");
    await writeFile(file, JSON.stringify(soundDocument));
    expect(await checkFile(file, "ietf")).toMatchObject({
      clientId: soundUrl,
      answer: { verdict: "valid", findings: [] },
    });
    await writeFile(file, JSON.stringify({ ...soundDocument, client_id: undefined }));
    expect(rules((await checkFile(file, "ietf")).answer)).toEqual(["document.client-id-missing"]);
  });
});
