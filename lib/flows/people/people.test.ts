import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import type { Role } from "#lib/core/role.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { forgetEnded } from "#lib/flows/forgetEnded.ts";
import { sessionActor, tokenActor } from "#lib/views/people/sessionActor.ts";
import { askedItems } from "#lib/views/inboxAsks.ts";
import { changePerson } from "./changePerson.ts";
import { confirmRole } from "./confirmRole.ts";
import { createFirstAdmin, issueFirstAdminToken } from "./firstAdmin.ts";
import { acceptInvite, invitePerson } from "./invitePerson.ts";
import { issueToken, revokeToken } from "./issueToken.ts";
import { signIn, signOut } from "./signIn.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { addPerson, setStage } from "#lib/flows/testing/stage.ts";

const password = "four plain words here";
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

  test("the first administrator is made once, by whoever holds the newest link", async () => {
    const old = (await issueFirstAdminToken(ctx)) ?? "";
    const token = (await issueFirstAdminToken(ctx)) ?? "";
    await expect(createFirstAdmin(ctx, { ...account, token: old })).rejects.toMatchObject({
      code: "not_allowed",
    });
    const outcomes = await Promise.allSettled([
      createFirstAdmin(ctx, { ...account, token }),
      createFirstAdmin(ctx, { ...account, email: "other@example.com", token }),
    ]);
    expect(outcomes.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await findAll(ctx.db, "person")).toMatchObject([{ role: "admin" }]);
    expect(await issueFirstAdminToken(ctx)).toBeUndefined();
  });

  test("an invite works once, for seven days, for the address it names", async () => {
    const { ada, security } = await setStage(ctx);
    const { token } = await invitePerson(ctx, ada, {
      email: "Ines@Example.com",
      role: "reviewer",
      teamId: security,
    });
    const other = { ...account, token, email: "else@example.com" };
    await expect(acceptInvite(ctx, other)).rejects.toMatchObject({ code: "invalid_input" });
    const { personId } = await acceptInvite(ctx, { ...account, token });
    expect(await find(ctx.db, "person", { id: personId })).toMatchObject({
      role: "member",
      askedRole: "reviewer",
    });
    expect(await findAll(ctx.db, "membership", { personId })).toMatchObject([{ teamId: security }]);
    await expect(acceptInvite(ctx, { ...account, token })).rejects.toMatchObject({ code: "not_allowed" });

    const late = await invitePerson(ctx, ada, { role: "member" });
    ctx.pass(7 * day);
    await expect(acceptInvite(ctx, { ...account, token: late.token })).rejects.toThrow("run out");
  });

  test("only administrators invite, change people and make tokens", async () => {
    const { rui, mara, otto } = await setStage(ctx);
    for (const actor of [rui, mara, otto]) {
      const refused = { code: "not_allowed" };
      await expect(invitePerson(ctx, actor, { role: "admin" })).rejects.toMatchObject(refused);
      const self = { personId: actor.id, role: "admin" } as const;
      await expect(changePerson(ctx, actor, self)).rejects.toMatchObject(refused);
      await expect(issueToken(ctx, actor, { name: "t", role: "operator" })).rejects.toMatchObject(refused);
    }
  });

  test("the last active administrator stays, also when two let each other go at once", async () => {
    const { ada } = await setStage(ctx);
    const demoted = changePerson(ctx, ada, { personId: ada.id, role: "member" });
    await expect(demoted).rejects.toThrow("last active administrator");
    await expect(changePerson(ctx, ada, { personId: ada.id, active: false })).rejects.toMatchObject({
      code: "conflict",
    });
    const ben = await addPerson(ctx, "Ben", "admin", []);
    const outcomes = await Promise.allSettled([
      changePerson(ctx, ada, { personId: ben.id, active: false }),
      changePerson(ctx, ben, { personId: ada.id, role: "member" }),
    ]);
    expect(outcomes.filter((each) => each.status === "fulfilled")).toHaveLength(1);
    expect(await findAll(ctx.db, "person", { role: "admin", active: true })).toHaveLength(1);
  });

  test("an administrator becomes a reviewer by another administrator only", async () => {
    const { ada, rui } = await setStage(ctx);
    const ben = await addPerson(ctx, "Ben", "admin", []);
    const self = { personId: ada.id, role: "reviewer" } as const;
    await expect(changePerson(ctx, ada, self)).rejects.toMatchObject({ code: "not_allowed" });
    await changePerson(ctx, ada, { personId: ben.id, role: "reviewer" });
    await confirmRole(ctx, rui, { personId: ben.id, verdict: "confirm" });
    expect(await find(ctx.db, "person", { id: ben.id })).toMatchObject({ role: "reviewer" });
  });

  describe("a role that decides about trust", () => {
    const join = async (by: PersonActor, role: Role, name = "Ines") => {
      const { token } = await invitePerson(ctx, by, { role });
      const email = `${name.toLowerCase()}@example.com`;
      return (await acceptInvite(ctx, { ...account, name, email, token })).personId;
    };
    const roleOf = async (id: string) => (await find(ctx.db, "person", { id }))?.role;
    const actorOf = async (id: string): Promise<PersonActor> => {
      const person = await find(ctx.db, "person", { id });
      if (!person) throw new Error("Nobody.");
      return { kind: "person", ...person, teamIds: [] };
    };

    test("waits for a reviewer, for a second account of the administrator is no second person", async () => {
      const { ada, rui, mara } = await setStage(ctx);
      const ben = await addPerson(ctx, "Ben", "admin", []);
      const personId = await join(ada, "reviewer");
      const confirm = (who: PersonActor) => confirmRole(ctx, who, { personId, verdict: "confirm" });
      for (const who of [ada, ben, mara, await actorOf(personId)])
        await expect(confirm(who)).rejects.toMatchObject({ code: "not_allowed" });
      expect(await roleOf(personId)).toBe("member");
      const waiting = async (who: PersonActor) =>
        (await askedItems(ctx.db, ctx.clock(), who, false)).map(({ part, subject }) => [part, subject]);
      expect(await waiting(rui)).toEqual([["decide", { kind: "person", id: personId }]]);
      expect(await waiting(ada)).toEqual([["mine", { kind: "person", id: personId }]]);
      expect(await waiting(ben)).toEqual([]);
      await confirm(rui);
      expect(await roleOf(personId)).toBe("reviewer");
      await expect(confirm(rui)).rejects.toMatchObject({ code: "conflict" });
    });

    test.each(["reviewer", "admin"] as const)("waits when a member is made %s", async (role) => {
      const { ada, rui, mara, platform } = await setStage(ctx);
      await changePerson(ctx, ada, { personId: mara.id, role, active: true, teamIds: [platform] });
      expect(await roleOf(mara.id)).toBe("member");
      // Saving the form once more, with the role that stands in it, takes nothing back.
      await changePerson(ctx, ada, { personId: mara.id, role: "member", active: true });
      await confirmRole(ctx, rui, { personId: mara.id, verdict: "confirm" });
      expect(await roleOf(mara.id)).toBe(role);
    });

    test("is not reached by sending every reviewer away first", async () => {
      const { ada, rui, sofia } = await setStage(ctx);
      await changePerson(ctx, ada, { personId: rui.id, role: "member" });
      await changePerson(ctx, ada, { personId: sofia.id, active: false });
      const personId = await join(ada, "reviewer");
      expect(await roleOf(personId)).toBe("member");
      await expect(confirmRole(ctx, rui, { personId, verdict: "confirm" })).rejects.toMatchObject({
        code: "not_allowed",
      });
    });

    test("is refused by one, and ends with who gave it and with who was to have it", async () => {
      const { ada, rui, sofia } = await setStage(ctx);
      const ben = await addPerson(ctx, "Ben", "admin", []);
      const personId = await join(ben, "reviewer");
      await confirmRole(ctx, sofia, { personId, verdict: "refuse" });
      await expect(confirmRole(ctx, rui, { personId, verdict: "confirm" })).rejects.toThrow("No role");
      await changePerson(ctx, ben, { personId, role: "reviewer" });
      const { token } = await invitePerson(ctx, ben, { role: "member" });
      await changePerson(ctx, ada, { personId: ben.id, active: false });
      await expect(confirmRole(ctx, rui, { personId, verdict: "confirm" })).rejects.toThrow("has left");
      await expect(acceptInvite(ctx, { ...account, email: "x@example.com", token })).rejects.toThrow(
        "no administrator any more",
      );
      await changePerson(ctx, ada, { personId, active: false });
      await changePerson(ctx, ada, { personId, active: true });
      await expect(confirmRole(ctx, rui, { personId, verdict: "confirm" })).rejects.toThrow("No role");
    });

    test("is had at once by the first reviewer, and where one person is enough", async () => {
      const ada = await addPerson(ctx, "Ada", "admin", []);
      expect(await roleOf(await join(ada, "reviewer"))).toBe("reviewer");
      expect(await roleOf(await join(ada, "reviewer", "Uma"))).toBe("member");
      const solo = { ...ctx, config: { ...ctx.config, solo: true } };
      const uma = await find(ctx.db, "person", { email: "uma@example.com" });
      await changePerson(solo, ada, { personId: uma?.id ?? "", role: "reviewer" });
      expect(await roleOf(uma?.id ?? "")).toBe("reviewer");
    });
  });

  test("a session starts with the right password, ends by time, by signing out and when its person leaves", async () => {
    const { ada } = await setStage(ctx);
    const { token: invite } = await invitePerson(ctx, ada, { role: "member" });
    const { personId } = await acceptInvite(ctx, { ...account, token: invite });
    const ask = { email: " INES@example.com", password, address: "192.0.2.1" };
    const first = await signIn(ctx, ask);
    expect(await sessionActor(ctx.db, ctx.clock(), first.token)).toMatchObject({ id: personId });
    await changePerson(ctx, ada, { personId, role: "auditor" });
    expect(await sessionActor(ctx.db, ctx.clock(), first.token)).toMatchObject({ role: "auditor" });
    expect(await sessionActor(ctx.db, first.expiresAt, first.token)).toBeUndefined();
    await signOut(ctx, first);
    expect(await sessionActor(ctx.db, ctx.clock(), first.token)).toBeUndefined();

    const second = await signIn(ctx, ask);
    await changePerson(ctx, ada, { personId, active: false });
    expect(await sessionActor(ctx.db, ctx.clock(), second.token)).toBeUndefined();
    await expect(signIn(ctx, ask)).rejects.toThrow("The e-mail address or the password is wrong.");
  });

  test("guessing slows down per account and per address, and is forgotten after an hour", async () => {
    const { ada } = await setStage(ctx);
    const { token } = await invitePerson(ctx, ada, { role: "member" });
    await acceptInvite(ctx, { ...account, token });
    const guess = (email: string, address: string, word = "not the password") =>
      signIn(ctx, { email, password: word, address });
    for (let tries = 0; tries < 5; tries++)
      await expect(guess(account.email, `192.0.2.${tries}`)).rejects.toMatchObject({ code: "not_allowed" });
    const right = () => guess(account.email, "198.51.100.1", password);
    await expect(right()).rejects.toMatchObject({
      code: "too_many",
      message: expect.stringContaining("in 2 seconds") as string,
    });
    ctx.pass(2_000);
    await expect(guess(account.email, "192.0.2.1")).rejects.toMatchObject({ code: "not_allowed" });
    await expect(right()).rejects.toThrow("in 4 seconds");
    ctx.pass(hour + minute);
    expect(await right()).toMatchObject({ token: expect.any(String) as string });
    await expect(guess("nobody@example.com", "192.0.2.9")).rejects.toThrow("e-mail address or the password");
  });

  test("addresses of one IPv6 network count together, and what counts no more is forgotten", async () => {
    for (const n of [1, 2])
      await signIn(ctx, { email: `p${n}@example.com`, password, address: `2001:db8:7:7::${n}` }).catch(
        () => n,
      );
    const counted = () => findAll(ctx.db, "signInThrottle");
    expect((await counted()).find(({ key }) => key === "address:2001:db8:7:7::/64")?.failures).toBe(2);
    await forgetEnded(ctx);
    expect(await counted()).toHaveLength(3);
    ctx.pass(hour + minute);
    await forgetEnded(ctx);
    expect(await counted()).toEqual([]);
  });

  test.each(["Ada\u202enimdA", "Ada\u200b", "Ada\nAdmin", "\u2066Ada"])(
    "nobody is called %j",
    async (name) => {
      const { ada } = await setStage(ctx);
      const { token } = await invitePerson(ctx, ada, { role: "member" });
      await expect(acceptInvite(ctx, { ...account, name, token })).rejects.toThrow("without control");
    },
  );

  test("guesses sent at the same time count one by one", async () => {
    await setStage(ctx);
    const ask = { email: "ada@example.com", password: "not the password", address: "192.0.2.1" };
    const outcomes = await Promise.allSettled(Array.from({ length: 12 }, () => signIn(ctx, ask)));
    const codes = outcomes.map((each) => (each as { reason?: { code?: string } }).reason?.code);
    expect(codes.filter((code) => code === "not_allowed")).toHaveLength(5);
    expect(codes.filter((code) => code === "too_many")).toHaveLength(7);
  });

  test("a token is shown once, ends when it is revoked and when its time is over", async () => {
    const { ada } = await setStage(ctx);
    const { id, token } = await issueToken(ctx, ada, { name: "pipeline", role: "ci", days: 30 });
    expect(JSON.stringify(await findAll(ctx.db, "apiToken"))).not.toContain(token);
    expect(JSON.stringify(await findAll(ctx.db, "journal"))).not.toContain(token);
    expect(await tokenActor(ctx.db, ctx.clock(), token)).toMatchObject({ kind: "token", id, role: "ci" });
    expect(await tokenActor(ctx.db, ctx.clock() + 30 * day, token)).toBeUndefined();
    await revokeToken(ctx, ada, { id });
    await revokeToken(ctx, ada, { id });
    expect(await tokenActor(ctx.db, ctx.clock(), token)).toBeUndefined();
    expect(await findAll(ctx.db, "journal", { action: "token.revoked" })).toHaveLength(1);
    await expect(revokeToken(ctx, ada, { id: "nothing" })).rejects.toMatchObject({ code: "not_found" });
  });
});
