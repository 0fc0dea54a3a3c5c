import { afterEach, beforeEach, expect, it } from "vitest";
import { gzipSync } from "node:zlib";
import { buildTrie } from "#lib/core/allowlist/buildTrie.ts";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { minute } from "#lib/core/Instant.ts";
import { find, insert } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { audienceStates } from "#lib/views/servers/audienceStates.ts";
import { propagation } from "#lib/views/servers/propagation.ts";
import { releasesOf } from "./releases.ts";
import { serverPage } from "#lib/views/servers/serverPage.ts";
import { sampleAudience, sampleClient, sampleNow as now } from "#lib/views/testing/sampleClients.ts";

const tide = "https://tide.example/c";
const allow: AllowlistEntry = {
  status: "allow",
  redirect_uris: [{ uri: "https://tide.example/cb", match: "exact" }],
};

eachDatabase((open) => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await open();
    await test.db.transaction(async (tx) => {
      await sampleAudience(tx, "prod");
      await sampleClient(tx, "c1", tide);
    });
  });
  afterEach(() => test.drop());

  /** Stores a head for `seq` with these entries, as the publisher does. */
  async function sign(seq: number, rev: number, entries: [string, AllowlistEntry][], cause = "approve") {
    const trie = buildTrie(entries);
    await test.db.transaction(async (tx) => {
      for (const [sha, body] of trie.objects)
        if (!(await find(tx, "allowlistObject", { sha })))
          await insert(tx, "allowlistObject", { sha, body, gzip: gzipSync(body), createdAt: now });
      await insert(tx, "head", {
        id: `h${seq}`,
        audienceId: "a-prod",
        epoch: 1,
        seq,
        rev,
        root: trie.root,
        count: trie.count,
        deny: [],
        jws: "a.b.c",
        digest: `d${seq}`,
        kid: "k",
        issuedAt: now - minute * (10 - seq),
        expiresAt: now + minute * seq,
        cause,
      });
    });
  }

  async function report(name: string, digest: string) {
    await test.db.transaction(async (tx) => {
      await insert(tx, "consumer", {
        id: name,
        audienceId: "a-prod",
        name,
        createdAt: now - 60 * minute,
        lastPullAt: now,
      });
      await insert(tx, "report", {
        id: `r-${name}`,
        consumerId: name,
        instance: `${name}-0`,
        digest,
        checkedAt: now,
        receivedAt: now,
        mode: "mirror",
        enforcement: "enforce",
        software: "x/1",
      });
    });
  }

  it("groups heads by what they say and reads contents and changes from the stored objects", async () => {
    await sign(1, 1, [], "first release");
    await sign(2, 1, [], "re-signed");
    await sign(3, 2, [[tide, allow]], "tide approved");
    await sign(4, 2, [[tide, allow]], "re-signed");
    await sign(5, 3, [[tide, { status: "deny", reason: "suspended" }]], "tide suspended");
    await report("fresh", "d5");
    await report("late", "d4");
    const seen = await releasesOf(test.db, now, "prod");
    expect(seen?.lines.map((line) => [line.head.rev, line.repeats, line.confirmed, line.head.cause])).toEqual(
      [
        [3, 0, 1, "tide suspended"],
        [2, 1, 2, "tide approved"],
        [1, 1, 2, "first release"],
      ],
    );
    expect(seen?.contents).toMatchObject([
      { clientId: tide, status: "deny", reason: "suspended", clientRowId: "c1" },
    ]);
    expect(seen?.comparison).toMatchObject({
      against: { rev: 2 },
      lines: [{ clientId: tide, words: "is refused now (suspended)", direction: "less" }],
    });
    expect(seen?.rollback).toBeNull();
    const before = await releasesOf(test.db, now, "prod", 2);
    expect(before?.shown?.validUntil).toBe(now + 4 * minute);
    expect(before?.contents).toMatchObject([{ status: "allow", redirects: 1 }]);
    expect(before?.comparison?.lines).toMatchObject([{ clientId: tide, words: "is allowed now" }]);
    expect(before?.rollback).toMatchObject({ clients: 0, possible: true });
    const first = await releasesOf(test.db, now, "prod", 1, 3);
    expect(first?.comparison?.lines).toMatchObject([{ clientId: tide, words: "left the list" }]);
    expect((await releasesOf(test.db, now, "prod", 1))?.comparison).toBeNull();
    expect(await releasesOf(test.db, now, "nowhere")).toBeUndefined();
  });

  it("says which server runs what", async () => {
    await sign(1, 1, []);
    await sign(2, 2, [[tide, allow]]);
    await report("late", "d1");
    await report("odd", "never-signed");
    const [state] = await audienceStates(test.db, now);
    expect(state?.revs).toEqual([1, 2]);
    expect(state?.servers.map((server) => [server.name, server.condition, server.behind])).toEqual([
      ["late", "behind", 1],
      ["odd", "divergent", 0],
    ]);
    expect((await serverPage(test.db, now, "https://rollcall.example", "prod"))?.resources).toHaveLength(1);
  });

  it("counts what the last week asked that another release answers otherwise", async () => {
    const wide: AllowlistEntry = {
      ...allow,
      redirect_uris: [
        ...(allow.redirect_uris ?? []),
        { uri: "http://127.0.0.1/cb", match: "loopback_any_port" },
      ],
    };
    await sign(1, 1, []);
    await sign(2, 2, [[tide, allow]], "tide approved");
    await sign(3, 3, [[tide, wide]], "tide widened");
    await report("fresh", "d3");
    const day = 86_400_000;
    const midnight = now - (now % day);
    const seen = (days: number, redirect: string, count: number) => ({
      id: `${days} ${redirect}`,
      audienceId: "a-prod",
      consumerId: "fresh",
      clientId: tide,
      day: midnight - days * day,
      shape: { redirect_uri: redirect },
      shapeDigest: redirect,
      allowed: count,
      refused: 0,
      outcomes: {},
      firstAt: now,
      lastAt: now,
    });
    await test.db.transaction((tx) =>
      insert(
        tx,
        "sighting",
        seen(0, "http://127.0.0.1:0/cb", 40),
        seen(1, "http://127.0.0.1:0/cb", 1),
        seen(1, "https://tide.example/cb", 7),
        seen(9, "http://127.0.0.1:0/cb", 500),
      ),
    );
    const newest = await releasesOf(test.db, now, "prod");
    expect(newest?.comparison?.whatIf).toMatchObject({ asked: 48, passed: 41, refused: 0 });
    const older = await releasesOf(test.db, now, "prod", 2);
    expect(older?.rollback).toMatchObject({
      clients: 1,
      possible: true,
      whatIf: { refused: 41, passed: 0, lines: [{ clientId: tide, refused: 41 }] },
    });
    expect((await releasesOf(test.db, now, "prod", 1))?.rollback?.whatIf.refused).toBe(48);
  });

  it("says how long each release took to each server, and to all", async () => {
    await sign(1, 1, []);
    await sign(2, 2, [[tide, allow]]);
    await report("fresh", "d2");
    await report("late", "d1");
    const at = (rev: number, seconds: number) => now - minute * (10 - rev) + seconds * 1_000;
    const ran = (name: string, rev: number, receivedAt: number) => ({
      id: `${name}${rev}`,
      audienceId: "a-prod",
      consumerId: name,
      instance: `${name}-0`,
      epoch: 1,
      rev,
      activatedAt: receivedAt,
      receivedAt,
    });
    await test.db.transaction((tx) =>
      insert(
        tx,
        "activation",
        ran("fresh", 1, at(1, 4)),
        ran("fresh", 2, at(2, 2)),
        ran("late", 1, at(1, 9)),
      ),
    );
    const [state] = await audienceStates(test.db, now);
    if (!state) throw new Error("No list.");
    expect((await propagation(test.db, state)).steps).toMatchObject([
      { rev: 1, lags: [4_000, 9_000], safeAfter: 9_000 },
      { rev: 2, lags: [2_000, null], safeAfter: null },
    ]);
  });

  it("has a list that was never signed", async () => {
    const seen = await releasesOf(test.db, now, "prod");
    expect(seen).toMatchObject({ shown: null, lines: [], contents: [], comparison: null });
  });
});
