import { scryptSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { startSandbox, type Sandbox } from "../../e2e/sandbox/startSandbox.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { findAll, update } from "#lib/db/rows.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { keepFindings } from "#lib/flows/findings/keepFindings.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import type { Open } from "./acts.ts";
import { registerClients } from "./clients.ts";
import { registerCopies } from "./copies.ts";
import { registerFindings } from "./findings.ts";
import { registerNamespaces } from "./namespaces.ts";
import { registerReleases } from "./releases.ts";
import { registerRequests } from "./requests.ts";
import { registerUnknown } from "./unknown.ts";

const password = "correct horse battery staple";
/** As it is stored, at a cost that tests can afford. */
const hash = [
  "scrypt",
  16,
  8,
  1,
  "c2FsdA",
  scryptSync(password, "salt", 32, { N: 16 }).toString("base64url"),
].join("$");
const harbor = "https://harborlight.app/.well-known/oauth-client";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let folder: string;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
    await ctx.db.transaction((tx) => update(tx, "person", {}, { passwordHash: hash }));
    folder = mkdtempSync(join(tmpdir(), "rollcall-people-"));
    writeFileSync(join(folder, "password"), `${password}\n`);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await ctx.close();
    await home.drop();
  });

  /** Runs the command in this process and reads what it prints. */
  async function rollcall(args: readonly string[], who?: PersonActor): Promise<any> {
    const program = new Command("rollcall").exitOverride();
    const here: Open = (work) => work(ctx);
    for (const register of [
      registerClients,
      registerRequests,
      registerCopies,
      registerNamespaces,
      registerUnknown,
      registerReleases,
      registerFindings,
    ])
      register(program, here);
    let out = "";
    const spy = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => Boolean((out += String(text))));
    const as = who ? ["--as", who.email, "--password-file", join(folder, "password")] : [];
    try {
      await program.parseAsync([...args, ...as], { from: "user" });
    } finally {
      spy.mockRestore();
    }
    return JSON.parse(out);
  }
  const file = (name: string, value: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
    return path;
  };
  const why = ["--reason", "For the test."];

  test("a person acts with their password, the shell only takes away", async () => {
    const registration = file("client.json", {
      client_id: quiet,
      owner_team_id: stage.platform,
      sponsor: "Mara Lind",
      purpose: "Reads tickets.",
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      reason: "Needed.",
    });
    expect(await rollcall(["clients", "register", registration], stage.mara)).toMatchObject({
      request_number: 1,
    });
    const { digest } = await rollcall(["requests", "show", "1"]);
    const vote = ["requests", "vote", "1", "approve", "--digest", digest as string, ...why];
    await expect(rollcall(vote)).rejects.toThrow(/Only people vote/);
    await expect(rollcall(vote, stage.mara)).rejects.toThrow();
    writeFileSync(join(folder, "password"), "guess");
    await expect(rollcall(vote, stage.rui)).rejects.toThrow(/password is wrong/);
    writeFileSync(join(folder, "password"), password);
    expect(await rollcall(vote, stage.rui)).toMatchObject({ state: "approved" });
    expect(await findAll(ctx.db, "session")).toEqual([]);
    await publish(ctx);
    expect(await rollcall(["clients", "suspend", quiet, ...why])).toEqual({ done: true });
    await publish(ctx);
    expect(await rollcall(["clients", "list", "lifecycle:suspended"])).toMatchObject({ matching: 1 });
    expect(await rollcall(["clients", "show", quiet])).toMatchObject({ lifecycle: "suspended" });
    await expect(rollcall(["clients", "show", "https://x.dev/"])).rejects.toThrow(/not in the inventory/);
    await expect(rollcall(["clients", "list", "colour:red"])).rejects.toThrow(/colour/);

    expect(await rollcall(["releases", "show", "prod", "2"])).toMatchObject({ comparison: { against: 1 } });
    const back = ["releases", "roll-back", "prod", "1", ...why];
    await expect(rollcall(back)).rejects.toThrow(/A person rolls a list back/);
    await rollcall(back, stage.rui);
    expect(await rollcall(["releases", "list", "prod"])).toMatchObject({ held: { rev: 1, by: "Rui" } });
    expect(await rollcall(["releases", "end-rollback", "prod"], stage.rui)).toEqual({ outcome: "asked" });
    expect(await rollcall(["releases", "end-rollback", "prod"], stage.sofia)).toEqual({
      outcome: "released",
    });
    await expect(rollcall(["releases", "show", "prod", "x"])).rejects.toThrow(/has a number/);

    expect(await rollcall(["hosts", "block", "many.dev", ...why])).toEqual({ done: true });
    await expect(rollcall(["hosts", "lift", "many.dev", ...why])).rejects.toThrow(/People lift blocks/);
    expect(await rollcall(["hosts", "lift", "many.dev", ...why], stage.rui)).toEqual({ outcome: "asked" });
    expect(await rollcall(["hosts", "list"])).toMatchObject([{ host: "many.dev", lift_asker: "Rui" }]);
    expect(await rollcall(["unknown", "list", "many"])).toMatchObject({ hosts: [], matching: 0 });
    await expect(rollcall(["unknown", "ignore", quiet, "--times", "x"])).rejects.toThrow(/Enter a number/);
  });

  test("a copy is uploaded from a file by one person and attested by another", async () => {
    await sandbox.control.reset();
    const id = await approved(ctx, stage, harbor);
    const body = (await sandbox.control.documents()).find(({ url }) => url === harbor)?.body as object;
    await sandbox.control.break(harbor, { kind: "challenge" });
    await refreshClient(ctx, stage.mara, { id });
    const text = `${JSON.stringify({ ...body, client_name: "Read in a browser" }, null, 2)}\n`;
    const document = file("document.json", text);
    const upload = ["copies", "upload", harbor, "--document", document, "--note", "From a browser."];
    await expect(rollcall(upload)).rejects.toThrow(/owner team/);
    const { id: copy } = await rollcall(upload, stage.mara);
    expect(await rollcall(["copies", "list"])).toMatchObject([{ state: "waiting", uploader: "Mara" }]);
    expect(await rollcall(["copies", "show", copy as string])).toMatchObject({ document: text });
    const attest = ["copies", "attest", copy as string, ...why];
    await expect(rollcall(attest)).rejects.toThrow(/Only reviewers/);
    await expect(rollcall(attest, stage.mara)).rejects.toThrow(/Only reviewers/);
    expect(await rollcall(attest, stage.rui)).toMatchObject({ state: "attested" });
    await sandbox.control.reset();
  });

  test("a namespace is proposed from a file, tried and voted on; a slip in the file is named", async () => {
    const constraints = {
      redirect_hosts: ["quillnest.dev"],
      loopback: false,
      methods: ["none"],
      grant_types: ["authorization_code"],
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      most_children: 5,
    };
    const asked = {
      pattern: "https://quillnest.dev/oauth/*/client.json",
      name: "Quillnest",
      owner_team_id: stage.platform,
      sponsor: "Mara Lind",
      purpose: "One client per connector.",
      constraints,
      reason: "For the test.",
    };
    const propose = (value: unknown, who?: PersonActor) =>
      rollcall(["namespaces", "propose", file("namespace.json", value)], who);
    await expect(propose({ ...asked, valid_day: 9 }, stage.mara)).rejects.toThrow(/Unknown in .*: valid_day/);
    await expect(propose("{", stage.mara)).rejects.toThrow(/is not JSON/);
    await expect(propose(asked)).rejects.toThrow(/A person asks/);
    expect(await propose(asked, stage.mara)).toEqual({ number: 1 });
    const { digest } = await rollcall(["namespaces", "show", "1"]);
    const child = "https://quillnest.dev/oauth/7f3a/client.json";
    expect(await rollcall(["namespaces", "try", "1", child])).toMatchObject({ matches: true });
    const vote = ["namespaces", "vote", "1", "approve", "--digest", digest as string, ...why];
    await rollcall(vote, stage.rui);
    expect(await rollcall(vote, stage.sofia)).toMatchObject({ state: "approved" });
    const change = file("change.json", {
      constraints: { ...constraints, most_children: 4 },
      reason: "Fewer.",
    });
    expect(await rollcall(["namespaces", "change", "1", change], stage.mara)).toEqual({
      narrowed: true,
      waits: false,
    });
    expect(await rollcall(["namespaces", "suspend", "1", ...why])).toEqual({ done: true });
    expect(await rollcall(["namespaces", "list"])).toMatchObject([
      { standing: "suspended", most_children: 4 },
    ]);
    await expect(rollcall(["namespaces", "show", "x"])).rejects.toThrow(/has a number/);
  });

  test("findings are acknowledged from the shell, and decided by people", async () => {
    const id = await approved(ctx, stage);
    const cause = {
      severity: "high",
      effect: "growth",
      path: "/scope",
      message: "More scopes.",
      value: "",
    } as const;
    await ctx.db.transaction(async (tx) =>
      keepFindings(ctx, tx, await requireClient(tx, id), "document", [
        { ...cause, rule: "drift.scope-widened" },
      ]),
    );
    expect(await rollcall(["findings", "acknowledge", "F-1"])).toMatchObject({ state: "acknowledged" });
    expect(await rollcall(["findings", "assign", "1", "--person-id", stage.mara.id])).toMatchObject({
      assignee: { name: "Mara" },
    });
    expect(await rollcall(["findings", "snooze", "1", "--until", "2026-12-24"])).toMatchObject({
      state: "snoozed",
    });
    const dismiss = [
      "findings",
      "dismiss",
      "1",
      "--reason",
      "expected_change",
      "--note",
      "The vendor said so.",
    ];
    await expect(rollcall(dismiss)).rejects.toThrow(/People decide about findings/);
    await expect(rollcall(["findings", "dismiss", "1", "--reason", "so"], stage.mara)).rejects.toThrow(
      /Choose a reason/,
    );
    expect(await rollcall(dismiss, stage.mara)).toMatchObject({ proposal: "dismiss" });
    expect(await rollcall(["findings", "confirm", "1"], stage.rui)).toMatchObject({ state: "dismissed" });
    await expect(rollcall(["findings", "acknowledge", "x"])).rejects.toThrow(/has a number/);
  });
});
