import { execFileSync, spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../e2e/sandbox/startSandbox.ts";
import { day, minute } from "#lib/core/Instant.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { update } from "#lib/db/rows.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  publish,
  quiet,
  quietRedirect,
  setStage,
  tickets,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import type { SarifLog } from "./sarif/Sarif.ts";

const root = join(import.meta.dirname, "../..");

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a process of its own, with nothing of our environment but where programs lie. */
function rollcall(
  args: readonly string[],
  {
    env = {},
    input,
    uid,
    readOnly = false,
  }: { env?: Record<string, string>; input?: string; uid?: number; readOnly?: boolean } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, "dist/rollcall.mjs"), ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", ...env } as unknown as NodeJS.ProcessEnv,
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (readOnly) child.stdout.destroy();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((done) => child.once("close", (code) => done({ code, out, err })));
}

/** The program that `npm run rollcall` runs: bundled, it starts ten times as fast. */
beforeAll(() => {
  const bundle = `import("./scripts/bundle.mjs").then(({ bundle }) => bundle("rollcall"))`;
  execFileSync(process.execPath, ["--eval", bundle], { cwd: root, stdio: "inherit" });
});

const jsonLines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("without an installation", () => {
  test.each([
    [[], 2, /Usage: rollcall/],
    [["nope"], 2, /unknown command 'nope'/],
    [["match", "--loose", "a", "b"], 2, /unknown option '--loose'/],
    [["match", "a"], 2, /missing required argument 'requested'/],
    [["evaluate", "--client", "x"], 2, /required option '--audience/],
    [["journal", "export", "--after", "x"], 2, /must be a whole number/],
    [["address"], 2, /Name a URL or an address/],
    [["address", "10.0.0.1", "--answers", "{"], 2, /not JSON/],
    [["check"], 2, /Name a client_id/],
    [["check", "--documents", "/nowhere.json"], 2, /no such file/],
    [["check", "https://a.example/c", "--documents", "/nowhere.json"], 2, /leave out the client_id/],
    [["check", "--stdin", "--sarif"], 2, /no place in a file/],
    [["check", "https://a.example/c", "--fail-on", "note"], 2, /Allowed choices are error, warning, none/],
  ])("%j is refused in words, on standard error", async (args, code, words) => {
    const ran = await rollcall(args);
    expect(ran).toMatchObject({ code, out: "" });
    expect(ran.err).toMatch(words);
    expect(ran.err).not.toMatch(/ at .*\.ts:/);
  });

  test("a root key is made and signs where there is no installation, and nothing is written over", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-root-"));
    const [key, pass, proposal, signed] = ["root.key", "pass", "proposal.json", "keys.jws"].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    writeFileSync(pass, "correct horse battery staple\n");
    const init = ["root", "init", "--out", key];
    expect((await rollcall(init)).err).toMatch(/no passphrase/);
    const made = await rollcall([...init, "--passphrase-file", pass]);
    expect(made.code).toBe(0);
    const { thumbprint } = JSON.parse(made.out) as { thumbprint: string };
    const publicJwk = JSON.parse(readFileSync(`${key}.pub.json`, "utf8")) as Record<string, string>;
    expect(publicJwk).toMatchObject({ kid: thumbprint, crv: "P-256" });
    expect(publicJwk).not.toHaveProperty("d");
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect((await rollcall([...init, "--passphrase-file", pass])).err).toMatch(/exists/);
    const claims = {
      iss: "https://gov.example",
      sub: "https://gov.example/v1/keys",
      iat: 1_790_000_000,
      exp: 1_800_000_000,
      version: 1,
      epoch: 1,
      roots: [publicJwk],
      keys: [],
      revoked: [],
    };
    writeFileSync(proposal, JSON.stringify({ ...claims, keys: [{ d: "x" }] }));
    const sign = ["root", "sign-keyset", "--root", key, "--from", proposal, "--out", signed];
    expect((await rollcall(sign)).err).toMatch(/cannot be signed/);
    writeFileSync(proposal, JSON.stringify(claims));
    const env = { ROLLCALL_ROOT_PASSPHRASE: "correct horse battery staple" };
    expect(JSON.parse((await rollcall(sign, { env })).out)).toMatchObject({
      version: 1,
      signed_by: thumbprint,
    });
    expect(readFileSync(signed, "utf8").trim().split(".")).toHaveLength(3);
  });

  test("help is not a fault", async () => {
    expect(await rollcall(["--help"])).toMatchObject({ code: 0, err: "" });
  });

  test("match compares as an authorization server does", async () => {
    const match = async (...uris: string[]) => {
      const { code, out } = await rollcall(["match", ...uris]);
      return [code, (JSON.parse(out) as { match: boolean }).match];
    };
    expect(await match("https://a.example/cb", "https://a.example/cb")).toEqual([0, true]);
    expect(await match("http://127.0.0.1/cb", "http://127.0.0.1:4711/cb")).toEqual([0, true]);
    expect(await match("https://a.example/cb", "https://a.example/cb/")).toEqual([1, false]);
  });

  test("address judges a name by its answers, one or many at a time", async () => {
    expect(await rollcall(["address", "93.184.215.14"])).toMatchObject({ code: 0 });
    const answers = JSON.stringify({ A: ["93.184.215.14", "127.0.0.1"] });
    const one = await rollcall(["address", "https://claude.ai/x", "--answers", answers]);
    expect(one.code).toBe(1);
    expect(JSON.parse(one.out)).toMatchObject({ verdict: "block" });
    const lines = [
      { id: 1, target: "https://claude.ai/x", answers: { A: ["93.184.215.14"] } },
      { id: "two", target: "169.254.169.254" },
    ].map((line) => JSON.stringify(line));
    for (const how of ["-", "--stdin"]) {
      const many = await rollcall(["address", how], { input: `${lines.join("\n")}\n\n` });
      expect(many).toMatchObject({ code: 0, err: "" });
      expect(jsonLines(many.out)).toMatchObject([
        { id: 1, verdict: "allow" },
        { id: "two", verdict: "block" },
      ]);
    }
    const broken = await rollcall(["address", "-"], { input: `{\n${lines[1]}\n` });
    expect(broken.code).toBe(2);
    expect(jsonLines(broken.out)).toMatchObject([
      { id: null, error: expect.any(String) as string },
      { id: "two" },
    ]);
  });

  test("check judges several files and tells a code scanner where", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rollcall-check-"));
    const [good, bad] = [join(folder, "good.json"), join(folder, "bad.json")];
    const client_id = "https://app.acme.com/oauth/client.json";
    const redirect_uris = ["http://127.0.0.1/callback"];
    const document = { client_id, client_name: "Acme", redirect_uris, application_type: "native" };
    writeFileSync(good, JSON.stringify({ ...document, token_endpoint_auth_method: "none" }));
    writeFileSync(bad, JSON.stringify({ ...document, client_secret: "x" }, null, 2));
    expect((await rollcall(["check", "--documents", good])).code).toBe(0);
    expect((await rollcall(["check", "--documents", good, "--fail-on", "warning"])).code).toBe(1);
    expect((await rollcall(["check", "--documents", bad, "--fail-on", "none"])).code).toBe(0);
    const called = { env: { LAUNCHED_FROM: folder } };
    expect(await rollcall(["check", "--documents", "good.json", "--json"], called)).toMatchObject({
      code: 0,
    });
    const env = { ROLLCALL_BASE_URL: "https://rollcall.example" };
    const ran = await rollcall(["check", "--documents", good, bad, "--sarif"], { env });
    expect(ran).toMatchObject({ code: 1, err: "" });
    const [run] = (JSON.parse(ran.out) as SarifLog).runs;
    const secret = run?.results.find(({ ruleId }) => ruleId === "document.secret");
    expect(secret?.locations[0]?.physicalLocation).toMatchObject({
      artifactLocation: { uri: pathToFileURL(bad).href },
      region: { startLine: 8, startColumn: 3 },
    });
    expect(run?.tool.driver.rules[secret?.ruleIndex ?? -1]?.helpUri).toBe(
      "https://rollcall.example/rules/document.secret",
    );
    rmSync(folder, { recursive: true });
  });

  test("a reader that stops reading ends the command quietly", async () => {
    const input = `${JSON.stringify({ id: 1, target: "10.0.0.1" })}\n`.repeat(50_000);
    const ran = await rollcall(["address", "-"], { input, readOnly: true });
    expect(ran.err).toBe("");
  });

  test("a configuration with faults names all of them", async () => {
    const env = { ROLLCALL_SOLO: "yes", ROLLCALL_RESIGN_SECONDS: "0" };
    const ran = await rollcall(["journal", "verify"], { env });
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(/ROLLCALL_SOLO must be true or false[^]*ROLLCALL_RESIGN_SECONDS must be from 5/);
    const doctor = await rollcall(["doctor", "--json"], { env });
    expect(doctor.code).toBe(1);
    expect(JSON.parse(doctor.out)).toMatchObject({
      ok: false,
      checks: [{ check: "configuration", ok: false }],
    });
  });

  test("a database that does not answer is told in a sentence, without its password", async () => {
    const env = { ROLLCALL_DATABASE_URL: "postgres://rollcall:hunter2@127.0.0.1:1/rollcall" };
    const ran = await rollcall(["journal", "verify"], { env });
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toMatch(/^rollcall: The database postgres:\/\/…@127.0.0.1:1\/rollcall does not answer/);
    expect(ran.err).not.toMatch(/hunter2| at .*\.ts:/);
  });
});

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open, dialect) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let env: Record<string, string>;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    // The command has the machine's clock; what is staged here happened a minute ago.
    ctx.pass(Date.now() - minute - ctx.clock());
    stage = await setStage(ctx);
    env = {
      ROLLCALL_BASE_URL: ctx.config.baseUrl,
      ROLLCALL_KEY_ENCRYPTION_KEY_FILE: ctx.config.keyEncryptionKeyFile,
      ...(dialect === "sqlite"
        ? { ROLLCALL_DATA_DIR: dirname(home.url) }
        : { ROLLCALL_DATABASE_URL: home.url, ROLLCALL_DATA_DIR: ctx.config.dataDir }),
    };
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const failed = (out: string) =>
    (JSON.parse(out) as { checks: { check: string; ok: boolean; sentence: string }[] }).checks.filter(
      (each) => !each.ok,
    );

  test("export writes the newest release for another product, and does not widen it unasked", async () => {
    await approved(ctx, stage);
    await publish(ctx);
    const wide = await rollcall(["export", "prod", "keycloak"], { env });
    expect(wide).toMatchObject({ code: 1, out: "" });
    expect(wide.err).toMatch(/--accept-host/);
    const accepted = await rollcall(["export", "prod", "gravitee", "--accept-host"], { env });
    expect(accepted).toMatchObject({
      code: 0,
      err: expect.stringMatching(/^Cannot express: one-client/) as string,
    });
    expect(JSON.parse(accepted.out)).toMatchObject({
      oidc: { cimdSettings: { allowedDomains: [new URL(quiet).hostname] } },
    });
    expect(await rollcall(["export", "prod", "nothing"], { env })).toMatchObject({ code: 2, out: "" });
  });

  test("evaluate decides by the newest release", async () => {
    const ask = ["evaluate", "--audience", "prod", "--client", quiet, "--json"];
    const none = await rollcall(ask, { env });
    expect(none).toMatchObject({ code: 2, out: "" });
    expect(none.err).toMatch(/there is no list/);
    const id = await approved(ctx, stage);
    await publish(ctx);
    const full = [...ask, "--redirect", quietRedirect, "--resource", tickets, "--scope", "tickets.read"];
    const allowed = await rollcall(full, { env });
    expect(allowed).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(allowed.out)).toMatchObject({ decision: "allow", reasons: [] });
    const over = await rollcall([...ask, "--scope", "tickets.delete"], { env });
    expect(over.code).toBe(1);
    expect(JSON.parse(over.out)).toMatchObject({ decision: "deny", reasons: ["scope_not_approved"] });
    await suspendClient(ctx, stage.rui, { id, reason: "For the test." });
    await publish(ctx);
    const denied = await rollcall(full, { env });
    expect(denied.code).toBe(1);
    expect(JSON.parse(denied.out)).toMatchObject({ decision: "deny", reasons: ["denied"] });
    expect((await rollcall(["evaluate", "--audience", "x", "--client", quiet], { env })).code).toBe(2);
  });

  test("keys are listed and rotated, the journal is verified and exported", async () => {
    const first = await rollcall(["keys", "rotate"], { env });
    expect(first).toMatchObject({ code: 0 });
    expect(JSON.parse(first.out)).toMatchObject({ state: "next" });
    const soon = await rollcall(["keys", "rotate", "--force"], { env });
    expect(soon).toMatchObject({ code: 2, out: "" });
    expect(soon.err).toMatch(/20 minutes, even when forced/);
    const listed = await rollcall(["keys", "list", "--json"], { env });
    expect(JSON.parse(listed.out)).toMatchObject([{ state: "next", alg: "ES256", retired_at: null }]);
    expect(listed.out).not.toMatch(/sealed|"d"/);

    const whole = await rollcall(["journal", "verify", "--json"], { env });
    expect(whole.code).toBe(0);
    const exported = jsonLines((await rollcall(["journal", "export"], { env })).out);
    expect(exported.at(-1)?.["seq"]).toBe((JSON.parse(whole.out) as { lines: number }).lines);
    for (const line of exported) expect(sha256Hex(String(line["bytes"]))).toBe(line["hash"]);
    const after = ["journal", "export", "--after", String(exported.length - 1)];
    expect(jsonLines((await rollcall(after, { env })).out)).toHaveLength(1);
    await ctx.db.transaction((tx) => update(tx, "journal", { seq: 1 }, { actorName: "Somebody else" }));
    expect(await rollcall(["journal", "verify"], { env })).toMatchObject({ code: 1 });
  });

  test("findings are listed and shown, and grave ones fail a pipeline that asks", async () => {
    const id = await approved(ctx, stage);
    const list = (...args: string[]) => rollcall(["findings", "list", ...args], { env });
    expect(await list("--fail-on", "low")).toMatchObject({ code: 0, out: "", err: "" });
    const found = { severity: "high", effect: "growth", path: "/scope", message: "More scopes." } as const;
    await ctx.db.transaction(async (tx) => {
      const client = await requireClient(tx, id);
      const causes = [
        { ...found, rule: "drift.scope-widened", value: "admin" },
        { ...found, rule: "drift.grant-type-added", value: "password", severity: "medium" as const },
      ];
      await keepFindings(ctx, tx, client, "document", causes);
    });
    const text = await list("--fail-on", "critical");
    expect(text).toMatchObject({ code: 0, err: "" });
    expect(text.out).toBe(
      `F-1  high  open  drift.scope-widened  ${quiet}  More scopes.\nF-2  medium  open  drift.grant-type-added  ${quiet}  More scopes.\n`,
    );
    expect((await list("--fail-on", "high")).code).toBe(1);
    expect((await list("--fail-on", "high", "--severity", "medium")).code).toBe(0);
    expect((await list("--client", "https://other.example/c")).out).toBe("");
    expect(await list("--state", "closed")).toMatchObject({ code: 2, out: "" });
    const json = await list("--json", "--severity", "high,critical");
    expect(jsonLines(json.out)).toMatchObject([
      { number: 1, decide_by: expect.stringMatching(/^20.*Z$/) as string },
    ]);
    const shown = await rollcall(["findings", "show", "F-2"], { env });
    expect(JSON.parse(shown.out)).toMatchObject({ number: 2, history: [{ action: "finding.opened" }] });
    expect((await rollcall(["findings", "show", "9"], { env })).err).toMatch(/There is no finding F-9/);
  });

  test("the doctor finds an installation well, and says what is not", async () => {
    await approved(ctx, stage);
    await publish(ctx);
    const well = await rollcall(["doctor"], { env });
    expect(well).toMatchObject({ code: 0, err: "" });
    expect(well.out).toMatch(/ok +lists +prod: Release 1 verifies/);

    const elsewhere = { ...env, ROLLCALL_BASE_URL: "https://other.example" };
    const moved = await rollcall(["doctor", "--json"], { env: elsewhere });
    expect(moved.code).toBe(1);
    expect(failed(moved.out)).toMatchObject([{ check: "lists" }]);

    const folder = mkdtempSync(join(tmpdir(), "rollcall-cli-"));
    const missing = { ...env, ROLLCALL_KEY_ENCRYPTION_KEY_FILE: join(folder, "none") };
    const without = await rollcall(["doctor", "--json"], { env: missing });
    expect(failed(without.out)).toMatchObject([
      { check: "keys", sentence: expect.stringContaining("Restore it from its backup") as string },
    ]);
    const refused = await rollcall(["keys", "rotate"], { env: missing });
    expect(refused.code).toBe(2);
    expect(refused.err).toMatch(/The key-encryption key is missing/);
    writeFileSync(join(folder, "other"), "0".repeat(64), { mode: 0o600 });
    const wrong = { ...env, ROLLCALL_KEY_ENCRYPTION_KEY_FILE: join(folder, "other") };
    expect(failed((await rollcall(["doctor", "--json"], { env: wrong })).out)).toMatchObject([
      { check: "keys", sentence: expect.stringContaining("cannot be opened") as string },
    ]);

    await ctx.db.transaction((tx) => update(tx, "allowlistObject", {}, { body: "{}" }));
    await ctx.db.transaction((tx) => update(tx, "head", {}, { issuedAt: Date.now() + day }));
    const broken = failed((await rollcall(["doctor", "--json"], { env })).out);
    expect(broken.map((each) => each.check)).toEqual(["clock", "lists"]);
    rmSync(folder, { recursive: true });
  });

  test.runIf(dialect === "postgres")("a PostgreSQL that is read-only is told in a sentence", async () => {
    const connection = new pg.Client({ connectionString: home.url });
    await connection.connect();
    const name = new URL(home.url).pathname.slice(1);
    await connection.query(`alter database ${name} set default_transaction_read_only = on`);
    await connection.end();
    const doctor = await rollcall(["doctor", "--json"], { env });
    expect(doctor.code).toBe(1);
    expect(failed(doctor.out)).toMatchObject([
      { check: "database", sentence: expect.stringContaining("read-only") as string },
    ]);
  });

  test.runIf(dialect === "sqlite" && process.getuid?.() === 0)(
    "a database that is read-only is told in a sentence, and nothing is lost",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "rollcall-read-only-"));
      const file = join(folder, "rollcall.sqlite");
      copyFileSync(home.url, file);
      chmodSync(file, 0o444);
      chmodSync(folder, 0o555);
      const nobody = { env: { ...env, ROLLCALL_DATA_DIR: folder }, uid: 65_534 };
      const doctor = await rollcall(["doctor", "--json"], nobody);
      expect(doctor.code).toBe(1);
      expect(failed(doctor.out)).toMatchObject([
        { check: "database", sentence: expect.stringContaining("is read-only for this user") as string },
      ]);
      const rotate = await rollcall(["keys", "rotate"], nobody);
      expect(rotate).toMatchObject({ code: 2, out: "" });
      expect(rotate.err).toMatch(/^rollcall: The database .* cannot be written/);
      rmSync(folder, { recursive: true });
    },
  );
});
