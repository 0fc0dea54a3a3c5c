import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { hour, second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { clientEnforcement } from "#lib/views/clients/clientEnforcement.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { saveResource } from "#lib/flows/servers/saveResource.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { retireClient, suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, publish, quiet, registration, setStage, tickets, vote } from "#lib/flows/testing/stage.ts";
import type { Stage } from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { withdrawRequest } from "#lib/flows/review/withdrawRequest.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox?.stop());

const reason = "For the test.";

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
    await sandbox.control.mend(quiet);
  });

  const saved = (scopes: string[], audienceId = stage.audienceId) =>
    saveResource(ctx, stage.ada, { audienceId, uri: tickets, name: "Tickets", scopes });
  const entry = async (audienceId = stage.audienceId) => {
    await publish(ctx);
    return (await verifiedList(ctx, audienceId)).entryOf(quiet);
  };

  test("a server that takes a resource on later lists nobody until people approve again", async () => {
    const id = await approved(ctx, stage);
    ctx.pass(second);
    const resources = [{ uri: tickets, name: "Tickets", scopes: ["tickets.read"] }];
    const { id: later } = await createAudience(ctx, stage.ada, { slug: "two", name: "Two", resources });
    expect(await entry(later)).toBeNull();
    expect(await entry()).toMatchObject({ status: "allow" });
    const { number } = await openRequest(ctx, stage.mara, { id, kind: "change", reason });
    await vote(ctx, stage.rui, number);
    expect(await entry(later)).toMatchObject({ status: "allow" });
    await suspendClient(ctx, stage.rui, { id, reason });
    expect(await entry(later)).toMatchObject({ status: "deny" });
  });

  test("a scope that a resource loses leaves every grant, and a deny stays a deny", async () => {
    const id = await approved(ctx, stage);
    expect((await entry())?.grants).toEqual([{ resource: tickets, scopes: ["tickets.read"] }]);
    await saved(["tickets.delete"]);
    expect(await entry()).toBeNull();
    expect(await find(ctx.db, "client", { id })).toMatchObject({ lifecycle: "approved" });
    await suspendClient(ctx, stage.rui, { id, reason });
    expect(await entry()).toMatchObject({ status: "deny", reason: "suspended" });
  });

  test("a retired client is refused by name until it is approved again, whoever asks", async () => {
    const id = await approved(ctx, stage);
    await retireClient(ctx, stage.rui, { id, reason });
    const deny = { status: "deny", reason: "retired" };
    expect(await entry()).toMatchObject(deny);
    const { number } = await openRequest(ctx, stage.mara, { id, kind: "approve", reason });
    ctx.pass(hour);
    await resignHeads(ctx);
    expect(await entry()).toMatchObject(deny);
    await withdrawRequest(ctx, stage.mara, { number, reason });
    const { requestNumber } = await registerClient(ctx, stage.mara, registration(stage));
    ctx.pass(hour);
    await resignHeads(ctx);
    expect(await entry()).toMatchObject(deny);
    await vote(ctx, stage.rui, requestNumber);
    expect(await entry()).toMatchObject({ status: "allow" });
  });

  test("a live document that is another client's suspends at once", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    const document = JSON.parse(
      (await find(ctx.db, "snapshot", { clientRowId: id }))?.documentText ?? "{}",
    ) as Record<string, unknown>;
    await sandbox.control.publish({ url: quiet, body: { ...document, client_id: `${quiet}?other` } });
    await refreshClient(ctx, stage.mara, { id });
    expect(await entry()).toMatchObject({ status: "deny" });
    const client = await find(ctx.db, "client", { id });
    expect(client?.lifecycle).toBe("suspended");
    expect(client?.lifecycleReason).toContain("Its document names another client.");
    await sandbox.control.publish({ url: quiet, body: document });
  });

  test("what lists say about a client is kept beside them, with the release that first said it", async () => {
    const id = await approved(ctx, stage);
    await publish(ctx);
    const stands = async () => clientEnforcement(ctx.db, id);
    expect(await stands()).toMatchObject([{ slug: "prod", entry: { status: "allow" }, sinceRev: 1 }]);
    await suspendClient(ctx, stage.rui, { id, reason });
    await publish(ctx);
    expect(await stands()).toMatchObject([{ entry: { status: "deny" }, rev: 2, sinceRev: 2 }]);
    await ctx.db.transaction(async (tx) => {
      await update(tx, "client", { id }, { lifecycle: "discovered", approvedSnapshotId: null });
      await scheduleRelease(ctx, tx, "forgotten", 0, [id]);
    });
    ctx.pass(hour);
    await resignHeads(ctx);
    await publish(ctx);
    expect(await findAll(ctx.db, "listEntry")).toEqual([]);
  });

  test("a head signed while the clock was ahead is signed again when it is right", async () => {
    await publish(ctx);
    ctx.pass(48 * hour);
    await resignHeads(ctx);
    await publish(ctx);
    ctx.pass(-48 * hour);
    await resignHeads(ctx);
    expect(await publish(ctx)).toBe(1);
    const { claims } = await verifiedList(ctx, stage.audienceId);
    expect(claims).toMatchObject({ seq: 3, iat: Math.floor(ctx.clock() / second) });
  });
});
