import { expect, test } from "vitest";
import { eachDatabase } from "#lib/db/testing/eachDatabase.ts";
import { openTestContext } from "#lib/flows/testing/openTestContext.ts";
import { signIn } from "./signIn.ts";

eachDatabase((open) => {
  test("an address that no column holds is a wrong one, not an outage", async () => {
    const home = await open();
    const ctx = await openTestContext(home.db);
    for (const email of ["a\u0000@example.com", "a\ud800@example.com"])
      await expect(signIn(ctx, { email, password: "x", address: "192.0.2.1" })).rejects.toMatchObject({
        code: "not_allowed",
      });
    await ctx.close();
    await home.drop();
  });
});
