import { afterEach, beforeEach, expect, test } from "vitest";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert, update } from "#lib/db/rows.ts";
import { fetchNow } from "./fetchNow.ts";
import { forgetHosts } from "./forgetHosts.ts";
import { hostMemory } from "./hostMemory.ts";
import { refreshDueClients } from "./refreshDueClients.ts";
import {
  addClients,
  clientOf,
  documentOf,
  dueClient,
  failed,
  openVisitStage,
  type VisitStage,
} from "#lib/flows/testing/visitStage.ts";
import { addTeam } from "#lib/flows/testing/stage.ts";

const pause = (ctx: VisitStage) => async (milliseconds: number) => ctx.pass(Math.max(0, milliseconds));

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: VisitStage;
  beforeEach(async () => {
    home = await open();
    ctx = await openVisitStage(home.db);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const refresh = (options = {}) => refreshDueClients(ctx, { pause: pause(ctx), ...options });
  const crowd = (count: number, host: string) =>
    Array.from({ length: count }, (_, index) => dueClient(`https://${host}/${index}`));
  const spread = (count: number) =>
    Array.from({ length: count }, (_, index) => dueClient(`https://host-${index}.com/c`));
  /** Lets time pass by beats of two seconds. */
  const beats = async (milliseconds: number, each: () => Promise<unknown>) => {
    const until = ctx.clock() + milliseconds;
    while (ctx.clock() < until) {
      await each();
      ctx.pass(2 * second);
    }
  };

  test("everybody who is due is visited once, however many came due at the same moment", async () => {
    const count = 1_203;
    const known = { sync: "in_sync", liveSnapshotId: "s", etag: '"v1"', keySetUrl: "" } as const;
    const rows = spread(count).map((row) => ({ ...row, ...known, lastUnconditionalAt: ctx.clock() }));
    await addClients(ctx, ...rows);
    expect(await refresh()).toBe(count);
    expect(new Set(ctx.asked.map(({ url }) => url)).size).toBe(count);
    expect(ctx.asked).toHaveLength(count);
    expect(await refresh()).toBe(0);
    expect(await findAll(ctx.db, "claim")).toEqual([]);
    // Each had a host of its own and was visited once: nothing to remember.
    expect(await findAll(ctx.db, "hostState")).toEqual([]);
  });

  test("a host with fifty clients gets its burst and two a second", async () => {
    await addClients(ctx, ...crowd(50, "busy.com"), ...spread(3));
    const hosts = hostMemory();
    const begin = ctx.clock();
    await beats(40 * second, () => refresh({ hosts }));
    const moments = ctx.asked.filter(({ url }) => url.includes("busy.com")).map(({ at }) => at - begin);
    expect(moments).toHaveLength(50);
    for (const [from, first] of moments.entries())
      for (const [more, last] of moments.slice(from).entries())
        expect(more + 1).toBeLessThanOrEqual(4 + (2 * (last - first)) / second);
    expect(moments.at(-1)).toBeLessThan(35 * second);
    expect(await find(ctx.db, "hostState", { name: "busy.com" })).toBeDefined();
    ctx.pass(minute);
    await forgetHosts(ctx);
    expect(await findAll(ctx.db, "hostState")).toEqual([]);
  });

  test("two workers share the budget of a host", async () => {
    await addClients(ctx, ...crowd(30, "busy.com"));
    const other = await openVisitStage(home.db, "other");
    const [mine, theirs] = [hostMemory(), hostMemory()];
    for (let beat = 0; beat < 3; beat += 1) {
      await refreshDueClients(ctx, { hosts: mine, pause: async () => undefined });
      await refreshDueClients(other, { hosts: theirs, pause: async () => undefined });
      for (const each of [ctx, other]) each.pass(2 * second);
    }
    // Four at once and two a second for six seconds; those of the last two seconds waited in the process.
    expect(ctx.asked.length + other.asked.length).toBeLessThanOrEqual(4 + 2 * 6);
    await other.close();
  });

  test("five failures open the breaker, the others wait, one probe goes, and an answer closes it", async () => {
    await addClients(ctx, ...crowd(12, "down.com").map((row) => ({ ...row, riskTier: "high" as const })));
    const busy = (request: Parameters<VisitStage["answer"]>[0]) =>
      request.url.includes("down.com") ? { ...failed(request, "server_error"), status: 503 } : undefined;
    ctx.answer = busy;
    await beats(20 * second, () => refresh());
    const during = ctx.asked.length;
    // Visits that were let go together may all fail before the breaker hears of the first.
    expect(during).toBeGreaterThanOrEqual(5);
    expect(during).toBeLessThanOrEqual(8);
    const state = await find(ctx.db, "hostState", { name: "down.com" });
    const { breaker } = state ?? {};
    if (breaker?.state !== "open") throw new Error("It should be open.");
    ctx.pass(breaker.probeAt - ctx.clock());
    await refresh();
    expect(ctx.asked).toHaveLength(during + 1);
    expect((await find(ctx.db, "hostState", { name: "down.com" }))?.breaker).toMatchObject({
      state: "open",
      step: 2,
    });
    ctx.answer = () => undefined;
    await beats(12 * hour, async () => {
      ctx.pass(10 * minute);
      await refresh();
    });
    expect((await find(ctx.db, "hostState", { name: "down.com" }))?.breaker ?? null).toBeNull();
    const rows = await findAll(ctx.db, "client");
    expect(rows.filter(({ sync }) => sync === "in_sync").length).toBe(12);
  });

  test("an unchanged document is asked for conditionally, whole once a day, and leaves one row in the log", async () => {
    const client = dueClient("https://one.com/c", { riskTier: "high" });
    await addClients(ctx, client);
    await beats(2 * day, async () => {
      await refresh();
      ctx.pass(10 * minute);
    });
    const whole = ctx.asked.filter(({ validators }) => !validators);
    expect(ctx.asked.length).toBeGreaterThan(40);
    expect(whole.length).toBe(3);
    expect(await findAll(ctx.db, "fetchLog")).toHaveLength(1);
    expect(await findAll(ctx.db, "journal")).toHaveLength(1);
    const row = await clientOf(ctx, client.id);
    expect(row).toMatchObject({ sync: "in_sync", revision: 2, etag: '"v1"' });
    expect(ctx.clock() - (row.lastFetchedAt ?? 0)).toBeLessThan(2 * hour);
    expect(row.lastUnconditionalAt).toBe(whole.at(-1)?.at);
  });

  test("a document and its key set are both asked for conditionally, and a new key is seen", async () => {
    const client = dueClient("https://one.com/c", { riskTier: "high" });
    await addClients(ctx, client);
    const jwks_uri = "https://one.com/jwks.json";
    const key = (kid: string) => ({ kty: "EC", crv: "P-256", kid, use: "sig", alg: "ES256", ...point });
    let keys = [key("one")];
    let etag = '"k1"';
    ctx.answer = (request) => {
      if (request.kind === "document")
        return documentOf(request, { jwks_uri, token_endpoint_auth_method: "private_key_jwt" });
      if (request.validators?.etag === etag) return { ...failed(request, "not_modified"), status: 304 };
      const body = new TextEncoder().encode(JSON.stringify({ keys }));
      const headers = { "content-type": "application/json", etag };
      return { ...failed(request, "ok"), status: 200, headers, body, bytes: body.length };
    };
    await refresh();
    ctx.pass(2 * hour);
    await refresh();
    expect(ctx.asked.slice(2).map(({ validators }) => validators?.etag)).toEqual(['"v1"', '"k1"']);
    expect(await findAll(ctx.db, "fetchLog")).toHaveLength(2);
    [keys, etag] = [[key("two")], '"k2"'];
    ctx.pass(2 * hour);
    await refresh();
    expect(ctx.asked.slice(4).map(({ kind, validators }) => [kind, validators?.etag])).toEqual([
      ["document", '"v1"'],
      ["jwks", '"k1"'],
      ["document", undefined],
    ]);
    expect(await clientOf(ctx, client.id)).toMatchObject({ keySetUrl: jwks_uri, keySetEtag: '"k2"' });
  });

  test("what differed at the last look is read whole", async () => {
    const client = dueClient("https://one.com/c", { riskTier: "high" });
    await addClients(ctx, client);
    await refresh();
    await ctx.db.transaction((tx) =>
      update(tx, "client", { id: client.id }, { lookAgainAt: ctx.clock() + minute, unconfirmedDigest: "d" }),
    );
    ctx.pass(2 * hour);
    await refresh();
    expect(ctx.asked[1]).not.toHaveProperty("validators.etag");
    expect(ctx.asked).toHaveLength(2);
  });

  test("a failure and the success after it are logged, and quiet comes back", async () => {
    const client = dueClient("https://one.com/c", { riskTier: "high" });
    await addClients(ctx, client);
    await refresh();
    ctx.answer = (request) => failed(request, "timeout");
    ctx.pass(2 * hour);
    await refresh();
    ctx.answer = () => undefined;
    ctx.pass(2 * hour);
    await refresh();
    ctx.pass(2 * hour);
    await refresh();
    const outcomes = (await findAll(ctx.db, "fetchLog")).map(({ outcome }) => outcome);
    expect(outcomes.toSorted((a, b) => a.localeCompare(b))).toEqual(["not_modified", "ok", "timeout"]);
    expect(await clientOf(ctx, client.id)).toMatchObject({ failures: 0, sync: "in_sync" });
  });

  test("a stop finishes what is under way, writes it, and leaves the rest to others", async () => {
    await addClients(ctx, ...spread(150));
    const stopping = new AbortController();
    ctx.answer = () => {
      if (ctx.asked.length >= 70) stopping.abort();
      return undefined;
    };
    const visited = await refresh({ signal: stopping.signal });
    expect(visited).toBeGreaterThanOrEqual(70);
    expect(visited).toBeLessThan(150);
    expect(ctx.asked).toHaveLength(visited);
    expect(await findAll(ctx.db, "claim")).toEqual([]);
    const looked = (await findAll(ctx.db, "client")).filter(({ lastFetchedAt }) => lastFetchedAt !== null);
    expect(looked).toHaveLength(visited);
    ctx.answer = () => undefined;
    expect(await refresh()).toBe(150 - visited);
  });

  test("a claim keeps others away until it runs out", async () => {
    await addClients(ctx, ...spread(2));
    const claim = { id: "dead worker", dueFrom: 0, dueTo: ctx.clock(), until: ctx.clock() + 2 * minute };
    await ctx.db.transaction((tx) => insert(tx, "claim", claim));
    expect(await refresh()).toBe(0);
    ctx.pass(2 * minute);
    expect(await refresh()).toBe(2);
    expect(await findAll(ctx.db, "claim")).toEqual([]);
  });

  test("an outcome is dropped when somebody looked, or asked for a look, meanwhile", async () => {
    const client = dueClient("https://one.com/c", { riskTier: "high" });
    await addClients(ctx, client);
    await refresh();
    ctx.pass(2 * hour);
    let asked = 0;
    ctx.answer = async () => {
      asked += 1;
      if (asked === 1) {
        ctx.pass(second);
        await fetchNow(ctx, { kind: "system", name: "test" }, { ids: [client.id] });
      }
      return undefined;
    };
    await refresh();
    expect(asked).toBe(2);
    // Fetched as was asked for: whole, and after that it was asked.
    expect(ctx.asked.at(-1)).not.toHaveProperty("validators.etag");
    expect(await clientOf(ctx, client.id)).toMatchObject({ lastUnconditionalAt: ctx.clock() });
  });

  test("fetch now makes many due at once, with a line in the journal, for those who may", async () => {
    await addClients(ctx, ...spread(3));
    await refresh();
    const team = await addTeam(ctx, "Team");
    const person = { kind: "person", id: "p", name: "P", email: "p@example.com", teamIds: [team] } as const;
    const ids = ["host-0.com/c", "host-1.com/c"];
    await expect(fetchNow(ctx, { ...person, role: "auditor" }, { ids })).rejects.toThrow("may not fetch");
    await expect(fetchNow(ctx, { ...person, role: "member" }, { ids: [...ids, "nobody"] })).rejects.toThrow(
      "not in the inventory",
    );
    expect(await fetchNow(ctx, { ...person, role: "member" }, { ids })).toBe(2);
    expect(await refresh()).toBe(2);
    const lines = (await findAll(ctx.db, "journal")).map(({ action }) => action);
    expect(lines.filter((action) => action === "client.fetch_required")).toHaveLength(1);
  });

  test("a visit that breaks is logged and comes again in a while, and the others are not disturbed", async () => {
    await addClients(ctx, ...spread(3));
    ctx.answer = (request) => {
      if (request.url.includes("host-1")) throw new Error("a bug");
      return undefined;
    };
    expect(await refresh()).toBe(3);
    expect(ctx.logged).toMatchObject([{ client: "host-1.com/c", msg: "refresh failed" }]);
    expect(await clientOf(ctx, "host-1.com/c")).toMatchObject({ nextFetchAt: ctx.clock() + 5 * minute });
    expect(await findAll(ctx.db, "claim")).toEqual([]);
  });
});

/** The point of RFC 7515's example key: only its shape matters here. */
const point = {
  x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
  y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
};
