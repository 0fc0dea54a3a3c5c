import { afterEach, beforeEach, expect, test } from "vitest";
import { decide } from "#lib/consumer/decide.ts";
import { parseNamespaces } from "#lib/consumer/parseNamespaces.ts";
import type { NamespaceEntry } from "#lib/core/allowlist/wire.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { namespaceDigest } from "#lib/core/namespace/namespaceDigest.ts";
import { find, findAll, insert, remove, update, type Row } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { evaluateClient } from "#lib/views/clients/evaluateClient.ts";
import { discover } from "#lib/flows/sightings/discoverSighted.ts";
import { limitNamespaces } from "./limitNamespaces.ts";
import { namespaceOf } from "./namespaceOf.ts";
import { namespacesObject } from "#lib/flows/releases/namespacesObject.ts";
import { proposeNamespace } from "./proposeNamespace.ts";
import { proposeNamespaceChange, renewNamespace } from "./proposeNamespaceChange.ts";
import { retireClient } from "#lib/flows/clients/shrinkClient.ts";
import { retireNamespace, suspendNamespace } from "./shrinkNamespace.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { publish, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { voteOnNamespace } from "./voteOnNamespace.ts";
import { withdrawNamespace } from "./withdrawNamespace.ts";

const pattern = "https://quillnest.dev/oauth/*/client.json";
const child = (name: string) => `https://quillnest.dev/oauth/${name}/client.json`;
const reason = "For the test.";

eachDatabase((open) => {
  let database: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    database = await open();
    ctx = await openTestContext(database.db);
    stage = await setStage(ctx);
    await ctx.db.transaction((tx) => remove(tx, "due", { kind: "publish" }));
  });
  afterEach(async () => {
    await ctx.close();
    await database.drop();
  });

  const constraints = (part: object = {}) => ({
    redirectHosts: ["quillnest.dev"],
    loopback: false,
    methods: ["none" as const],
    grantTypes: ["authorization_code" as const, "refresh_token" as const],
    grants: [{ resource: tickets, scopes: ["tickets.read"] }],
    mostChildren: 2,
    ...part,
  });
  const proposal = (part: object = {}) => ({
    pattern,
    name: "Quillnest connectors",
    ownerTeamId: stage.platform,
    sponsor: "Mara Lind",
    purpose: "Quillnest mints one client per connector.",
    constraints: constraints(),
    validDays: 90,
    reason,
    ...part,
  });
  const propose = async (part: object = {}) =>
    (await proposeNamespace(ctx, stage.mara, proposal(part))).number;
  const row = async (number: number) => (await find(ctx.db, "namespace", { number })) as Row<"namespace">;
  const vote = async (person: PersonActor, number: number, verdict: "approve" | "deny" = "approve") =>
    voteOnNamespace(ctx, person, { number, verdict, reason, digest: namespaceDigest(await row(number)) });
  async function approved(part: object = {}): Promise<number> {
    const number = await propose(part);
    await vote(stage.rui, number);
    expect((await vote(stage.sofia, number)).state).toBe("approved");
    return number;
  }
  async function listed(): Promise<readonly NamespaceEntry[]> {
    const audience = (await find(ctx.db, "audience", { id: stage.audienceId })) as Row<"audience">;
    const object = await namespacesObject(ctx, ctx.db, audience);
    return object ? (parseNamespaces(JSON.parse(object.body)) ?? []) : [];
  }
  async function admitted(clientId: string): Promise<boolean> {
    const now = ctx.clock() / 1_000;
    const head = { seq: 1, iat: now, exp: now + 60, deny: [] };
    const question = { client_id: clientId, redirect_uri: "https://quillnest.dev/cb" };
    return decide({ head, found: "none", namespaces: await listed(), question, now }).decision === "allow";
  }
  const seen = (clientId: string, allowed = 1) =>
    ctx.db.transaction(async (tx) => {
      const namespaceId = (await namespaceOf(tx, clientId)) ?? null;
      const at = ctx.clock();
      const facts = { host: "quillnest.dev", domain: "quillnest.dev", firstAt: at, lastAt: at };
      await insert(tx, "seenClient", { clientId, ...facts, allowed, refused: 0, namespaceId });
      if (namespaceId) await limitNamespaces(ctx, tx, [namespaceId]);
    });
  const actions = async () =>
    (await findAll(ctx.db, "journal"))
      .map((line) => line.action)
      .filter((each) => each.startsWith("namespace."));

  test("two people approve, neither of them the one who asked; then every child is admitted until it ends", async () => {
    const number = await propose();
    await expect(vote(stage.mara, number)).rejects.toThrow("Only reviewers");
    expect(await vote(stage.rui, number)).toMatchObject({ state: "open", votesMissing: 1 });
    await expect(vote(stage.rui, number)).rejects.toThrow("counts once");
    expect(await admitted(child("a"))).toBe(false);
    expect((await vote(stage.sofia, number)).state).toBe("approved");
    expect(await admitted(child("a"))).toBe(true);
    expect(await listed()).toMatchObject([{ pattern, status: "allow", ref: "namespace 1" }]);
    const due = await findAll(ctx.db, "due", { kind: "publish" });
    expect(due).toMatchObject([{ at: ctx.clock() + ctx.config.approvalDelayMs }]);
    await expect(vote(stage.rui, number)).rejects.toThrow("Nothing about this namespace");
    ctx.pass(90 * day - 1_000);
    expect(await admitted(child("a"))).toBe(true);
    ctx.pass(1_000);
    expect(await admitted(child("a"))).toBe(false);
    expect(await actions()).toEqual([
      "namespace.proposed",
      "namespace.vote_approve",
      "namespace.vote_approve",
      "namespace.approved",
    ]);
  });

  test("a reviewer who asks does not vote, and administrators alone do not approve", async () => {
    const { number } = await proposeNamespace(ctx, stage.rui, proposal());
    await expect(vote(stage.rui, number)).rejects.toThrow("someone else");
    await vote(stage.ada, number);
    expect((await vote(stage.sofia, number)).state).toBe("approved");
  });

  test("a vote binds to what was seen, and an edit voids it", async () => {
    const number = await propose();
    const digest = namespaceDigest(await row(number));
    await vote(stage.rui, number);
    await proposeNamespaceChange(ctx, stage.mara, {
      number,
      constraints: constraints({ loopback: true }),
      reason,
    });
    await expect(
      voteOnNamespace(ctx, stage.sofia, { number, verdict: "approve", reason, digest }),
    ).rejects.toThrow("changed while you were reading");
    expect((await vote(stage.sofia, number)).votesMissing).toBe(1);
    await expect(
      proposeNamespaceChange(ctx, stage.rui, { number, constraints: constraints(), reason }),
    ).rejects.toThrow("Only the person who asked");
  });

  test("one denies; the pattern may be asked for again after 30 days", async () => {
    const number = await propose();
    expect((await vote(stage.rui, number, "deny")).state).toBe("denied");
    await expect(propose()).rejects.toThrow("30 days");
    ctx.pass(30 * day);
    expect(await propose()).toBe(number);
    expect((await row(number)).state).toBe("pending");
  });

  test("whoever asked takes it back", async () => {
    const number = await propose();
    await expect(withdrawNamespace(ctx, stage.rui, { number, reason })).rejects.toThrow("Only the person");
    await withdrawNamespace(ctx, stage.mara, { number, reason });
    expect((await row(number)).state).toBe("withdrawn");
    await expect(vote(stage.rui, number)).rejects.toThrow("Nothing about");
    expect(await propose()).toBe(number);
  });

  test.each([
    ["http://quillnest.dev/oauth/*", "begins with https"],
    ["https://acme.vercel.app/oauth/*", "shared platform"],
    ["https://x.ngrok.app/oauth/*", "tunnel"],
    ["https://quillnest.dev/*", "At least one segment"],
  ])("%s is refused", async (refused, words) => {
    await expect(propose({ pattern: refused })).rejects.toThrow(words);
  });

  test("who may not, and what nobody could honour, is refused", async () => {
    await expect(proposeNamespace(ctx, stage.otto, proposal())).rejects.toThrow("may not register");
    await expect(propose({ validDays: 366 })).rejects.toThrow("At most 365 days");
    const grants = [{ resource: tickets, scopes: ["tickets.fly"] }];
    await expect(propose({ constraints: constraints({ grants }) })).rejects.toThrow("no scope");
    const number = await propose();
    await expect(propose()).rejects.toThrow("has this pattern already");
    await expect(suspendNamespace(ctx, stage.rui, { number, reason })).rejects.toThrow(
      "no trust to take away",
    );
  });

  test("one person suspends at once; two lift it, and a broader pattern does not help meanwhile", async () => {
    const wide = await approved({ pattern: "https://quillnest.dev/*/*/client.json" });
    const number = await approved();
    await expect(suspendNamespace(ctx, stage.otto, { number, reason })).rejects.toThrow(
      "Only the owner team",
    );
    await suspendNamespace(ctx, stage.mara, { number, reason });
    expect(await findAll(ctx.db, "due", { kind: "publish" })).toMatchObject([{ at: ctx.clock() }]);
    expect(await admitted(child("a"))).toBe(false);
    expect(await admitted("https://quillnest.dev/apps/a/client.json")).toBe(true);
    await renewNamespace(ctx, stage.mara, { number, validDays: 30, reason });
    await vote(stage.rui, number);
    expect(await admitted(child("a"))).toBe(false);
    await vote(stage.sofia, number);
    expect(await row(number)).toMatchObject({ state: "approved", validUntil: ctx.clock() + 30 * day });
    expect(await admitted(child("a"))).toBe(true);
    await retireNamespace(ctx, stage.rui, { number, reason });
    expect(await admitted(child("a"))).toBe(false);
    await retireNamespace(ctx, stage.rui, { number: wide, reason });
    expect((await listed()).map(({ status }) => status)).toEqual(["deny", "deny"]);
  });

  test("what a change takes away acts at once, what it adds waits for two people", async () => {
    const number = await approved();
    const next = constraints({ redirectHosts: ["login.quillnest.dev"], mostChildren: 9 });
    const outcome = await proposeNamespaceChange(ctx, stage.mara, { number, constraints: next, reason });
    expect(outcome).toEqual({ narrowed: true, waits: true });
    expect((await listed())[0]?.redirect_hosts).toEqual([]);
    expect(await findAll(ctx.db, "due", { kind: "publish" })).toMatchObject([{ at: ctx.clock() }]);
    await vote(stage.rui, number);
    // Narrowing again takes back what waits: it was proposed on top of what is no more.
    const fewer = constraints({ redirectHosts: [], loopback: true, mostChildren: 1 });
    await proposeNamespaceChange(ctx, stage.mara, { number, constraints: fewer, reason });
    expect(await findAll(ctx.db, "namespaceVote", { voidedAt: null })).toEqual([]);
    await vote(stage.rui, number);
    await vote(stage.sofia, number);
    expect((await row(number)).constraints).toMatchObject({ loopback: true, mostChildren: 1 });
    await expect(
      proposeNamespaceChange(ctx, stage.mara, { number, constraints: fewer, reason }),
    ).rejects.toThrow("constraints it has");
  });

  test("a change that is denied leaves what was approved", async () => {
    const number = await approved();
    await proposeNamespaceChange(ctx, stage.mara, {
      number,
      constraints: constraints({ loopback: true }),
      reason,
    });
    await vote(stage.rui, number, "deny");
    expect(await row(number)).toMatchObject({
      state: "approved",
      proposed: null,
      constraints: { loopback: false },
    });
    expect(await admitted(child("a"))).toBe(true);
  });

  test("a change that leaves nothing hands no client to a broader pattern", async () => {
    await approved({ pattern: "https://quillnest.dev/*/*/client.json" });
    const number = await approved({
      constraints: constraints({ grants: [{ resource: tickets, scopes: ["tickets.delete"] }] }),
    });
    await proposeNamespaceChange(ctx, stage.mara, { number, constraints: constraints(), reason });
    expect((await row(number)).constraints.grants).toEqual([]);
    expect(await admitted(child("a"))).toBe(false);
    expect(await admitted("https://quillnest.dev/apps/a/client.json")).toBe(true);
  });

  test("a client that was retired is not admitted because somebody asks for it again", async () => {
    const clientId = child("gone");
    await seen(clientId);
    await approved();
    const client = await ctx.db.transaction(async (tx) =>
      discover(ctx, tx, (await find(tx, "seenClient", { clientId }))!),
    );
    expect(await admitted(clientId)).toBe(true);
    await retireClient(ctx, stage.rui, { id: client.id, reason });
    expect(await admitted(clientId)).toBe(false);
    await ctx.db.transaction((tx) => update(tx, "client", { id: client.id }, { lifecycle: "pending" }));
    expect(await admitted(clientId)).toBe(false);
  });

  test("an auditor takes nothing back, whatever they asked before", async () => {
    const number = await propose();
    const auditor = { ...stage.mara, role: "auditor" as const };
    await expect(withdrawNamespace(ctx, auditor, { number, reason })).rejects.toThrow("Only the person");
  });

  test("one child too many closes it until somebody raises the limit", async () => {
    await seen(child("early"));
    const number = await approved();
    expect(await namespaceOf(ctx.db, child("early"))).toBe((await row(number)).id);
    expect((await find(ctx.db, "seenClient", { clientId: child("early") }))?.namespaceId).toBe(
      (await row(number)).id,
    );
    await seen(child("refused"), 0);
    await seen(child("second"));
    expect(await admitted(child("second"))).toBe(true);
    await seen(child("third"));
    expect(await listed()).toMatchObject([{ status: "deny", reason: "too_many_children" }]);
    expect(await admitted(child("second"))).toBe(false);
    expect(await findAll(ctx.db, "due", { kind: "publish" })).toMatchObject([{ at: ctx.clock() }]);
    await seen(child("fourth"));
    expect((await actions()).filter((each) => each === "namespace.full")).toHaveLength(1);
    await proposeNamespaceChange(ctx, stage.mara, {
      number,
      constraints: constraints({ mostChildren: 10 }),
      reason,
    });
    await vote(stage.rui, number);
    await vote(stage.sofia, number);
    expect(await admitted(child("third"))).toBe(true);
    await proposeNamespaceChange(ctx, stage.mara, {
      number,
      constraints: constraints({ mostChildren: 1 }),
      reason,
    });
    expect(await admitted(child("third"))).toBe(false);
  });

  test("a release carries it, and what a server decides by the release is the consumer's own verdict", async () => {
    const ask = () =>
      evaluateClient(ctx.db, ctx.clock(), {
        audience: "prod",
        clientId: child("a"),
        redirectUri: "https://quillnest.dev/cb",
      });
    const number = await approved();
    await publish(ctx);
    const { claims } = await verifiedList(ctx, stage.audienceId);
    expect(await find(ctx.db, "allowlistObject", { sha: claims.ns ?? "" })).toBeDefined();
    expect(await ask()).toMatchObject({ decision: "allow", namespace: pattern });
    await suspendNamespace(ctx, stage.rui, { number, reason });
    expect(await publish(ctx)).toBe(1);
    expect(await ask()).toMatchObject({ decision: "deny", reasons: ["entry_denies"] });
    expect((await verifiedList(ctx, stage.audienceId)).claims).toMatchObject({ rev: claims.rev + 1 });
  });

  test.each([
    ["denied", null],
    ["suspended", "snapshot"],
    ["blocked", null],
    ["approved", "snapshot"],
  ] as const)(
    "a client that is %s itself is not admitted by its namespace",
    async (lifecycle, approvedSnapshotId) => {
      await approved();
      const clientId = child("own");
      const id = ctx.newId();
      await ctx.db.transaction((tx) =>
        insert(tx, "client", {
          id,
          clientId,
          host: "quillnest.dev",
          domain: "quillnest.dev",
          name: "Own",
          profile: "ietf",
          lifecycle,
          lifecycleAt: ctx.clock(),
          sync: "in_sync",
          riskTier: "low",
          riskReasons: [],
          selfApproved: false,
          failures: 0,
          createdAt: ctx.clock(),
          updatedAt: ctx.clock(),
          revision: 1,
          approvedSnapshotId,
        }),
      );
      expect(await admitted(clientId)).toBe(false);
      expect(await admitted(child("other"))).toBe(true);
      await ctx.db.transaction((tx) =>
        update(tx, "client", { id }, { lifecycle: "discovered", approvedSnapshotId: null }),
      );
      expect(await admitted(clientId)).toBe(true);
      // Denied once, and asked for again by one person.
      await ctx.db.transaction((tx) =>
        insert(tx, "request", {
          id: "r1",
          number: 7,
          clientRowId: id,
          kind: "approve",
          state: "denied",
          snapshotId: "s1",
          grants: [],
          validDays: 90,
          reason,
          requiredVotes: 2,
          requestedAt: 0,
          expiresAt: 0,
          revision: 2,
        }),
      );
      expect(await admitted(clientId)).toBe(false);
    },
  );
});
