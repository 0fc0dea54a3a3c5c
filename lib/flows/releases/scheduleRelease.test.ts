import { afterEach, beforeEach, expect, test } from "vitest";
import { findAll } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { publishDueReleases } from "./publishDueReleases.ts";
import { scheduleRelease } from "./scheduleRelease.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { publish, setStage } from "#lib/flows/testing/stage.ts";

eachDatabase((open, dialect) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    await setStage(ctx);
    await publish(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  // SQLite has one writer: nothing is published while a decision is being written.
  test.runIf(dialect === "postgres")(
    "a decision that is committed late is not taken for published",
    async () => {
      await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "one", 0, ["c1"]));
      await ctx.db.transaction(async (tx) => {
        await scheduleRelease(ctx, tx, "another", 0, ["c2"]);
        await publishDueReleases(ctx);
      });
      await publishDueReleases(ctx);
      expect(await findAll(ctx.db, "listChange")).toEqual([]);
      expect(await findAll(ctx.db, "due", { kind: "publish" })).toEqual([]);
    },
  );
});
