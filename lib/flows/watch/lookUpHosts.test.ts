import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { lookUpHosts } from "./lookUpHosts.ts";
import { refreshClient } from "./refreshClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { approved, setStage, type Stage } from "#lib/flows/testing/stage.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const clientId = "https://harborlight.app/.well-known/oauth-client";
const campaign = "https://summer.harborlight.app/callback";
const nothing = { kind: "nxdomain" } as const;

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

  test("the hosts of a document are asked for, its own is not, and one that does not answer is not known", async () => {
    await sandbox.control.name("summer.harborlight.app", [nothing]);
    await sandbox.control.name("broken.dev", [{ kind: "servfail" }]);
    const members = {
      policy_uri: "https://broken.dev/p",
      redirect_uris: [campaign, `${new URL(clientId).origin}/cb`],
      logo_uri: "https://a.dev/l",
    };
    expect(await lookUpHosts(ctx, clientId, members)).toEqual({
      addresses: { "a.dev": ["127.0.0.1"], "summer.harborlight.app": [] },
      openedAddresses: ["127.0.0.1"],
    });
  });

  test("the name of an approved redirect that is given up opens a finding, though nobody changed the document", async () => {
    const served = (await sandbox.control.documents()).find((each) => each.url === clientId);
    const body = served?.body as { redirect_uris: string[] };
    await sandbox.control.publish({
      url: clientId,
      body: { ...body, redirect_uris: [...body.redirect_uris, campaign] },
    });
    const id = await approved(ctx, stage, clientId);
    const dayLater = async () => {
      ctx.pass(day + 1);
      await refreshClient(ctx, stage.mara, { id });
    };
    await dayLater();
    expect(await findAll(ctx.db, "finding", { rule: "redirect.unresolvable" })).toEqual([]);

    await sandbox.control.name("summer.harborlight.app", [nothing]);
    await dayLater();
    expect(await findAll(ctx.db, "finding", { rule: "redirect.unresolvable" })).toMatchObject([
      { severity: "high", state: "open", clientRowId: id },
    ]);
    // Nothing is lost by it: the redirect is what was approved.
    expect(await find(ctx.db, "client", { id })).toMatchObject({ lifecycle: "approved", sync: "in_sync" });

    await sandbox.control.name("summer.harborlight.app", []);
    await dayLater();
    await dayLater();
    expect(await findAll(ctx.db, "finding", { rule: "redirect.unresolvable" })).toMatchObject([
      { state: "resolved" },
    ]);
  });
});
