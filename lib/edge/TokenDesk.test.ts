import type { IncomingMessage } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { issueToken, revokeToken } from "#lib/flows/people/issueToken.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { TokenDesk } from "./TokenDesk.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let desk: TokenDesk;
  let questions: number;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    questions = 0;
    const db = new Proxy(home.db, {
      get(target, name) {
        if (name === "t") questions++;
        return Reflect.get(target, name) as unknown;
      },
    });
    desk = new TokenDesk({ ...ctx, db });
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const ask = (token: string) =>
    desk.actorOf({ headers: { authorization: `Bearer ${token}` } } as IncomingMessage);
  const issue = (days?: number) => issueToken(ctx, systemActor, { name: "reader", role: "reader", days });

  test("knows a token the moment it is made, and forgets one within a second of its end", async () => {
    expect(await ask("rct_nobody-has-this-one-000")).toBeUndefined();
    const { id, token } = await issue(1);
    expect(await ask(token)).toMatchObject({ kind: "token", id, role: "reader" });
    await revokeToken(ctx, systemActor, { id });
    ctx.pass(second);
    expect(await ask(token)).toBeUndefined();
    const brief = await issue(1);
    expect(await ask(brief.token)).toMatchObject({ id: brief.id });
    ctx.pass(24 * 3_600 * second);
    expect(await ask(brief.token)).toBeUndefined();
  });

  test("guesses do not ask the database, and do not keep others from being known", async () => {
    const guess = (n: number) => ask(`rct_guess-number-${String(n).padStart(12, "0")}`);
    for (let n = 0; n < 50; n++) expect(await guess(n)).toBeUndefined();
    const before = questions;
    expect(before).toBeLessThan(50);
    const { token } = await issue();
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => guess(100 + n)));
    expect(questions).toBe(before);
    ctx.pass(second);
    await Promise.all(Array.from({ length: 2_000 }, (_, n) => guess(9_000 + n)));
    expect(await ask(token)).toMatchObject({ kind: "token" });
    expect(questions - before).toBeLessThanOrEqual(6);
  });
});
