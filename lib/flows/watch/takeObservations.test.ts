import { afterEach, beforeEach, expect, test } from "vitest";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { find, findAll, insert } from "#lib/db/rows.ts";
import { observeClient } from "./observeClient.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { takeObservations } from "./takeObservations.ts";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  beforeEach(async () => {
    home = await open();
    const real = await openTestContext(home.db);
    ctx = { ...real, net: { ...real.net, fetch: ({ url }) => Promise.resolve(answer(url)) } };
    await ctx.db.transaction((tx) => insert(tx, "client", ...["a", "b", "c"].map(client)));
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const observe = (id: string) => requireClient(ctx.db, id).then((row) => observeClient(ctx, row));

  test("outcomes of many clients are written in one transaction", async () => {
    let transactions = 0;
    const counting = {
      ...ctx,
      db: { ...ctx.db, transaction: (work: never) => (transactions++, ctx.db.transaction(work)) },
    } as TestContext;
    const batch = await Promise.all(["a", "b", "c"].map(observe));
    expect(await takeObservations(counting, batch)).toEqual([true, true, true]);
    expect(await takeObservations(counting, batch)).toEqual([false, false, false]);
    expect(transactions).toBe(2);
    expect(await findAll(ctx.db, "snapshot")).toHaveLength(3);
    expect(await findAll(ctx.db, "fetchLog")).toHaveLength(6);
    expect((await findAll(ctx.db, "journal")).map((line) => line.seq).sort((a, b) => a - b)).toEqual([
      1, 2, 3,
    ]);
  });

  test("one that fails is logged, leaves nothing and loses none of the others", async () => {
    const [a, b, c] = await Promise.all(["a", "b", "c"].map(observe));
    if (!a || !b || !c) throw new Error("Nothing was seen.");
    const broken = { ...b, observation: { ...b.observation, document: { ...b.observation.document } } };
    Object.defineProperty(broken.observation.document, "digests", {
      get: () => {
        throw new Error("broken");
      },
    });
    expect(await takeObservations(ctx, [a, broken as typeof b, c])).toEqual([true, false, true]);
    expect(await find(ctx.db, "client", { id: "b" })).toMatchObject({ sync: "never_fetched", revision: 1 });
    for (const id of ["a", "c"])
      expect(await find(ctx.db, "client", { id })).toMatchObject({ sync: "in_sync", revision: 2 });
    const logs = await findAll(ctx.db, "fetchLog");
    expect(logs.map((line) => line.clientRowId).sort((a, b) => String(a).localeCompare(String(b)))).toEqual([
      "a",
      "c",
    ]);
    expect((await findAll(ctx.db, "journal")).map((line) => line.seq).sort((a, b) => a - b)).toEqual([1, 2]);
    expect(ctx.logged).toMatchObject([{ clients: 3 }, { client: "b", msg: "refresh failed" }]);
  });
});

const client = (id: string) => ({
  id,
  clientId: `https://${id}.example.com/client.json`,
  host: `${id}.example.com`,
  domain: "example.com",
  name: id,
  profile: "ietf" as const,
  lifecycle: "discovered" as const,
  lifecycleAt: 0,
  sync: "never_fetched" as const,
  riskTier: "low" as const,
  riskReasons: [],
  selfApproved: false,
  failures: 0,
  createdAt: 0,
  updatedAt: 0,
  revision: 1,
});

function answer(url: string): Fetched {
  const body = new TextEncoder().encode(
    JSON.stringify({
      client_id: url,
      client_name: "Example client",
      redirect_uris: [new URL("/callback", url).href],
      token_endpoint_auth_method: "none",
    }),
  );
  return {
    url,
    kind: "document",
    outcome: "ok",
    sentence: "The document was read.",
    status: 200,
    headers: { "content-type": "application/json" },
    body,
    bytes: body.length,
    milliseconds: 1,
  };
}
