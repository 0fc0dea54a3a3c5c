import { afterEach, beforeEach, expect, test } from "vitest";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { findAll } from "#lib/db/rows.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { setStage } from "#lib/flows/testing/stage.ts";
import { sessionActor } from "#lib/views/people/sessionActor.ts";
import { changePassword } from "./changePassword.ts";
import { acceptInvite, invitePerson } from "./invitePerson.ts";
import { signIn, signOutEverywhere } from "./signIn.ts";

const password = "ten thousand lamps";
const account = { name: "Ines", email: "ines@example.com", password };

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  test("a password is changed by whoever knows it, and every other session ends", async () => {
    const { ada } = await setStage(ctx);
    const { token } = await invitePerson(ctx, ada, { role: "member" });
    await acceptInvite(ctx, { ...account, token });
    const ask = { email: account.email, password, address: "192.0.2.1" };
    const old = await signIn(ctx, ask);
    const ines = await sessionActor(ctx.db, ctx.clock(), old.token);
    if (!ines) throw new Error("Nobody is signed in.");
    const change = (current: string, next = "another pass phrase") =>
      changePassword(ctx, ines, { current, next });
    await expect(change("not the password")).rejects.toMatchObject({ code: "not_allowed" });
    await expect(change(password, "short")).rejects.toMatchObject({ code: "invalid_input" });
    const fresh = await change(password);
    expect(await sessionActor(ctx.db, ctx.clock(), old.token)).toBeUndefined();
    expect(await sessionActor(ctx.db, ctx.clock(), fresh.token)).toMatchObject({ id: ines.id });
    await expect(signIn(ctx, ask)).rejects.toMatchObject({ code: "not_allowed" });
    const other = await signIn(ctx, { ...ask, password: "another pass phrase" });
    await signOutEverywhere(ctx, ines);
    for (const session of [fresh, other])
      expect(await sessionActor(ctx.db, ctx.clock(), session.token)).toBeUndefined();
    const lines = JSON.stringify(await findAll(ctx.db, "journal"));
    expect(lines).toContain("person.password_changed");
    expect(lines).not.toMatch(/scrypt|pass phrase/);
  });
});
