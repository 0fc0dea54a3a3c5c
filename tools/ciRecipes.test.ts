import { execFile, execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../e2e/sandbox/startSandbox.ts";

const root = join(import.meta.dirname, "..");
const page = readFileSync(join(root, "docs/ci.md"), "utf8");

/** The fenced blocks of a kind under a heading, as they are copied. */
function blocks(heading: string, language: string): string[] {
  const chapter = page.split(/^## /m).find((each) => each.startsWith(`${heading}\n`)) ?? "";
  return [...chapter.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    (block) => block[1] ?? "",
  );
}

/** The shell inside a pipeline's file: what stands under `run: |` or `- |`. */
function shellIn(yaml: string): string {
  const lines = yaml.split("\n");
  const at = lines.findIndex((line) => /^ *(?:run:|-) \|$/.test(line));
  const rest = lines.slice(at + 1);
  const indent = rest[0]?.search(/\S/) ?? 0;
  const end = rest.findIndex((line) => line.trim() !== "" && line.search(/\S/) < indent);
  return rest
    .slice(0, end < 0 ? undefined : end)
    .map((line) => line.slice(indent))
    .join("\n");
}

/** What a pipeline's file sets for Rollcall: the command refuses a setting that it does not know. */
function settingsIn(yaml: string): Record<string, string> {
  const found = yaml.matchAll(/^ +(ROLLCALL_\w+): (\S+)/gm);
  return Object.fromEntries([...found].map(([, name = "", value = ""]) => [name, value]));
}

const script = blocks("The script", "sh")[0] ?? "";
const github = blocks("GitHub Actions", "yaml")[0] ?? "";
const gitlab = blocks("GitLab CI", "yaml")[0] ?? "";
const hook = blocks("Before each commit", "sh")[0] ?? "";
const several = blocks("Many clients in one repository", "sh")[0] ?? "";

const clientId = "https://app.harbour.dev/oauth/client.json";
const jwksUri = "https://app.harbour.dev/oauth/jwks.json";
const published = {
  client_id: clientId,
  client_name: "Harbour",
  redirect_uris: ["https://app.harbour.dev/callback"],
  grant_types: ["authorization_code"],
  response_types: ["code"],
  token_endpoint_auth_method: "private_key_jwt",
  token_endpoint_auth_methods_supported: ["private_key_jwt"],
  token_endpoint_auth_signing_alg: "ES256",
  jwks_uri: jwksUri,
};
const keyOne = {
  kty: "EC",
  crv: "P-256",
  kid: "one",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};

// Each run starts the command several times.
const slow = { timeout: 60_000 };

let sandbox: Sandbox;
let folder = "";

beforeAll(async () => {
  sandbox = await startSandbox({ documents: [] });
  execFileSync(process.execPath, ["scripts/launch.mjs", "rollcall", "--", "--help"], { cwd: root });
});
afterAll(() => sandbox?.stop());

beforeEach(async () => {
  await sandbox.control.reset();
  folder = mkdtempSync(join(tmpdir(), "rollcall-ci-"));
  mkdirSync(join(folder, "public/oauth"), { recursive: true });
  mkdirSync(join(folder, "ci"));
  // What `npm run rollcall` does there, without looking for stale sources every time.
  mkdirSync(join(folder, ".rollcall"));
  const rollcall = `LAUNCHED_FROM="$INIT_CWD" "${process.execPath}" "${root}/dist/rollcall.mjs"`;
  writeFileSync(join(folder, ".rollcall/package.json"), JSON.stringify({ scripts: { rollcall } }));
  writeFileSync(join(folder, "ci/client-metadata.sh"), script);
  // curl finds the sandbox as it would find the internet.
  const curl = [`connect-to = "::127.0.0.1:${sandbox.httpsPort}"`, `cacert = "${join(folder, "ca.pem")}"`];
  writeFileSync(join(folder, ".curlrc"), curl.join("\n"));
  writeFileSync(join(folder, "ca.pem"), sandbox.caPem);
  put(published);
  return () => rmSync(folder, { recursive: true });
});

const put = (document: object, file = "public/oauth/client.json") =>
  writeFileSync(join(folder, file), JSON.stringify(document, null, 2));

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs shell as the pipeline does, in the client's repository. */
function run(shell: string, env: Record<string, string> = {}, program = "bash"): Promise<Ran> {
  return new Promise((done) => {
    const settings = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      CURL_HOME: folder,
      CLIENT_ID: clientId,
      DOCUMENT: "public/oauth/client.json",
      ...env,
    } as unknown as NodeJS.ProcessEnv;
    execFile(program, ["-e", "-c", shell], { cwd: folder, env: settings }, (error, out, err) =>
      done({ code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1, out, err }),
    );
  });
}

const sarif = (name: string) =>
  (
    JSON.parse(readFileSync(join(folder, "reports", name), "utf8")) as {
      runs: { results: { ruleId: string; level: string }[]; artifacts: { location: { uri: string } }[] }[];
    }
  ).runs[0];

test("the page has every part, and both pipelines name what the script wants", () => {
  for (const part of [script, github, gitlab, hook, several]) expect(part.length).toBeGreaterThan(50);
  const wanted = [...script.matchAll(/\$\{(\w+):[?-]/g)].map((name) => name[1]);
  expect(wanted).toEqual(["CLIENT_ID", "DOCUMENT", "JWKS", "FAIL_ON"]);
  for (const name of wanted)
    for (const yaml of [github, gitlab]) expect(yaml).toMatch(new RegExp(`^ +${name}: `, "m"));
});

describe("the script", () => {
  const shell = "sh ci/client-metadata.sh";

  test("is what both pipelines run; a harmless change passes and leaves its reports", slow, async () => {
    await sandbox.control.publish({ url: clientId, body: published });
    put({ ...published, contacts: ["oauth@harbour.dev"], scope: "" });
    for (const [pipeline, program] of [
      [github, "bash"],
      [gitlab, "sh"],
    ] as const) {
      const ran = await run(shellIn(pipeline), settingsIn(pipeline), program);
      expect(ran).toMatchObject({ code: 0 });
      expect(ran.out).toContain("drift.contacts-changed");
      expect(sarif("diff.sarif")).toMatchObject({
        artifacts: [{ location: { uri: "public/oauth/client.json" } }],
        results: [{ ruleId: "drift.contacts-changed", level: "warning" }],
      });
    }
  });

  test("fails for a callback of somebody else, unless it was agreed", slow, async () => {
    await sandbox.control.publish({ url: clientId, body: published });
    put({ ...published, redirect_uris: [...published.redirect_uris, "https://evil.net/cb"] });
    const ran = await run(shell);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toContain("drift.redirect-added-new-site");
    expect(sarif("diff.sarif")?.results[0]).toMatchObject({ level: "error" });
    expect(await run(shell, { FAIL_ON: "none" })).toMatchObject({ code: 0 });
  });

  test("fails for an invalid document before anything is published", slow, async () => {
    put({ ...published, client_secret: "x" });
    const ran = await run(shell);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toMatch(/document\.secret[^]*Nothing is published/);
    expect(sarif("check.sarif")?.results.map(({ ruleId }) => ruleId)).toContain("document.secret");
    expect(existsSync(join(folder, "reports/diff.sarif"))).toBe(false);
  });

  test("compares key sets, where the new one lies in the repository", slow, async () => {
    const jwks = "public/oauth/jwks.json";
    await sandbox.control.publish({ url: clientId, body: published });
    await sandbox.control.publish({ url: jwksUri, body: { keys: [keyOne] } });
    put({ keys: [{ ...keyOne, d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE" }] }, jwks);
    const ran = await run(shell, { JWKS: jwks });
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.out).toMatch(/key\.private-material[^]*drift\.key-private-published/);
    expect(sarif("diff.sarif")?.artifacts.map(({ location }) => location.uri)).toContain(jwks);
    put({ keys: [keyOne] }, jwks);
    expect((await run(shell, { JWKS: jwks })).out).toMatch(/none: nothing changed/);
  });

  test("fails when it cannot be told what is live", slow, async () => {
    await sandbox.control.publish({ url: clientId, body: published });
    await sandbox.control.break(clientId, { kind: "status", status: 503 });
    const ran = await run(shell);
    expect(ran).toMatchObject({ code: 2 });
    expect(ran.err).toContain("answered 503");
  });

  test("says what it wants", async () => {
    const ran = await run(shell, { CLIENT_ID: "" });
    expect(ran.code).not.toBe(0);
    expect(ran.err).toContain("is the URL where the document is published");
  });
});

test("the hook judges what is staged, not what lies in the folder", slow, async () => {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder });
  git("init", "--quiet");
  expect(await run(hook)).toMatchObject({ code: 0, out: "" });
  put({ ...published, client_secret: "x" });
  git("add", "public");
  put(published);
  const refused = await run(hook, {}, "sh");
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.out).toContain("document.secret");
  git("add", "public");
  expect(await run(hook, {}, "sh")).toMatchObject({ code: 0 });
});

test("several clients are one log, from a clone as it is", slow, async () => {
  rmSync(join(folder, ".rollcall"), { recursive: true });
  symlinkSync(root, join(folder, ".rollcall"));
  put({ ...published, client_id: `${clientId}?two` }, "public/oauth/two.json");
  mkdirSync(join(folder, "reports"));
  await run(several);
  expect(sarif("check.sarif")?.artifacts).toHaveLength(2);
});
