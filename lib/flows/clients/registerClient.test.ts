import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { editClient } from "./editClient.ts";
import { previewClient } from "./previewClient.ts";
import { registerClient } from "./registerClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { quiet, register, registration, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  test("a preview says what a document means and stores nothing but the fetch", async () => {
    const preview = await previewClient(ctx, stage.mara, { clientId: quiet });
    expect(preview).toMatchObject({
      verdict: "valid",
      fetched: { outcome: "ok", status: 200 },
      keySetFetched: { outcome: "ok" },
      risk: { tier: "low" },
    });
    expect(preview.redirects).toMatchObject([{ class: "same_host", match: "exact" }]);
    expect(await findAll(ctx.db, "client")).toEqual([]);
    expect(await findAll(ctx.db, "fetchLog")).toHaveLength(2);
    const refused = previewClient(ctx, stage.otto, { clientId: quiet });
    await expect(refused).rejects.toMatchObject({ code: "not_allowed" });
  });

  test("a client_id that cannot be one is refused without a fetch", async () => {
    const preview = await previewClient(ctx, stage.mara, { clientId: "http://10.0.0.1/c.json" });
    expect(preview.verdict).toBe("invalid");
    expect(preview.fetched).toBeUndefined();
    await expect(register(ctx, stage, "http://10.0.0.1/c.json")).rejects.toMatchObject({
      code: "invalid_input",
      fields: { clientId: expect.any(String) as string },
    });
    expect(await sandbox.control.requests()).toEqual([]);
  });

  test("two registrations of one URL at the same time give one client and one clear refusal", async () => {
    const outcomes = await Promise.allSettled([register(ctx, stage), register(ctx, stage)]);
    const refused = outcomes.filter((each) => each.status === "rejected");
    expect(refused.map((each) => each.reason as unknown)).toMatchObject([
      { code: "conflict", fields: { clientId: "Already in the inventory." } },
    ]);
    expect(await findAll(ctx.db, "client")).toHaveLength(1);
    expect(await findAll(ctx.db, "request")).toHaveLength(1);
    await expect(register(ctx, stage)).rejects.toMatchObject({ code: "conflict" });
  });

  test("the client_id is kept as it was written", async () => {
    const other = "https://tidewater.dev/oauth/client.json?b=2&a=1";
    await sandbox.control.publish({
      url: other,
      body: { client_id: other, client_name: "Query", redirect_uris: ["https://tidewater.dev/cb"] },
    });
    await register(ctx, stage, quiet);
    const { id } = await register(ctx, stage, other);
    expect((await find(ctx.db, "client", { id }))?.clientId).toBe(other);
  });

  test("another spelling of a known client is refused, and so is the name of an authorization server", async () => {
    await register(ctx, stage, quiet);
    const twin = quiet.replace("tidewater.dev", "tidewater.dev:443");
    const refused = { code: "invalid_input", message: expect.stringContaining("another spelling") as string };
    await expect(register(ctx, stage, twin)).rejects.toMatchObject(refused);
    expect((await previewClient(ctx, stage.mara, { clientId: twin })).results).toContainEqual(
      expect.objectContaining({ rule: "url.duplicate-record", severity: "error" }),
    );
    await ctx.db.transaction((tx) => update(tx, "audience", {}, { issuer: "https://idp.example.com/as" }));
    await expect(register(ctx, stage, "https://idp.example.com/as")).rejects.toMatchObject({
      message: expect.stringContaining("issuer identifier") as string,
    });
  });

  test("a document that cannot be read is not asked for", async () => {
    await sandbox.control.break(quiet, { kind: "challenge" });
    await expect(register(ctx, stage)).rejects.toMatchObject({ code: "not_ready" });
    expect(await findAll(ctx.db, "client")).toEqual([]);
    expect(await findAll(ctx.db, "fetchLog")).toMatchObject([{ outcome: "challenged", clientRowId: null }]);
  });

  test("hostile text in a document is stored, not choked on", async () => {
    const url = "https://quillagent.dev/nul.json";
    await sandbox.control.publish({
      url,
      body: {
        client_id: url,
        client_name: "Quill\u0000\u202e Agent",
        redirect_uris: ["https://quillagent.dev/cb", "https://quillagent.dev/\u0000"],
        jwks_uri: "https://quillagent.dev/keys\u0000.json",
        ["\u0000"]: "\u0000",
      },
    });
    const { id } = await register(ctx, stage, url);
    expect((await find(ctx.db, "client", { id }))?.name).toBe("Quill\uFFFD\u202e Agent");
    await previewClient(ctx, stage.mara, { clientId: url });
  });

  test("only resources and scopes that exist can be asked for, and only by those who may", async () => {
    await expect(register(ctx, stage, quiet, ["tickets.write"])).rejects.toMatchObject({
      code: "invalid_input",
      fields: { grants: `No scope tickets.write at ${tickets}.` },
    });
    const unknown = {
      ...registration(stage),
      grants: [{ resource: "https://mcp.example.com/mail", scopes: [] }],
    };
    await expect(registerClient(ctx, stage.mara, unknown)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(registerClient(ctx, stage.otto, registration(stage))).rejects.toMatchObject({
      code: "not_allowed",
    });
    const empty = { ...registration(stage), sponsor: " ", reason: "" };
    await expect(registerClient(ctx, stage.mara, empty)).rejects.toMatchObject({
      fields: {
        sponsor: "Name the sponsor: the person who answers for this client.",
        reason: expect.any(String) as string,
      },
    });
  });

  test("two people who edit at once: the second is told and loses nothing", async () => {
    const { id } = await register(ctx, stage);
    const revision = (await find(ctx.db, "client", { id }))?.revision ?? 0;
    const outcomes = await Promise.allSettled([
      editClient(ctx, stage.mara, { id, revision, purpose: "First." }),
      editClient(ctx, stage.rui, { id, revision, purpose: "Second." }),
    ]);
    const refused = outcomes.find((each) => each.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "stale" });
    expect(await findAll(ctx.db, "journal", { action: "client.edited" })).toHaveLength(1);
    await expect(editClient(ctx, stage.otto, { id, revision: revision + 1 })).rejects.toMatchObject({
      code: "not_allowed",
    });
  });

  test("an authorization server has each resource once and a name of its own", async () => {
    const resource = { uri: tickets, name: "Tickets", scopes: ["a"] };
    const made = (slug: string, resources = [resource]) =>
      createAudience(ctx, stage.ada, { slug, name: "Staging", resources });
    await expect(made("staging", [resource, resource])).rejects.toMatchObject({ code: "invalid_input" });
    const outcomes = await Promise.allSettled([made("staging"), made("staging")]);
    expect(outcomes.find((each) => each.status === "rejected")?.reason).toMatchObject({ code: "conflict" });
    expect(await findAll(ctx.db, "audience", { slug: "staging" })).toHaveLength(1);
  });
});
