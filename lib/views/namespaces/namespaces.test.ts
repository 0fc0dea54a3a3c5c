import { afterAll, beforeAll, expect, test } from "vitest";
import type { PersonActor } from "#lib/core/Actor.ts";
import { day } from "#lib/core/Instant.ts";
import { find, insert } from "#lib/db/rows.ts";
import { openTestSqlite, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { proposeNamespace } from "#lib/flows/namespaces/proposeNamespace.ts";
import { proposeNamespaceChange } from "#lib/flows/namespaces/proposeNamespaceChange.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { publish, setStage, tickets, type Stage } from "#lib/flows/testing/stage.ts";
import { voteOnNamespace } from "#lib/flows/namespaces/voteOnNamespace.ts";
import { inbox } from "#lib/views/inbox.ts";
import { matchNamespaces } from "./matchNamespaces.ts";
import { namespaceList } from "./namespaceList.ts";
import { namespacePage, type NamespacePage } from "./namespacePage.ts";
import { tryNamespace } from "./tryNamespace.ts";

const pattern = "https://quillnest.dev/oauth/*/client.json";
const child = "https://quillnest.dev/oauth/a1/client.json";
const reason = "For the test.";

let home: TestDatabase;
let ctx: TestContext;
let stage: Stage;
const constraints = {
  redirectHosts: ["quillnest.dev"],
  loopback: false,
  methods: ["none" as const],
  grantTypes: ["authorization_code" as const],
  grants: [{ resource: tickets, scopes: ["tickets.read"] }],
  mostChildren: 10,
};

/** One namespace's life: every test goes on from the one before. */
beforeAll(async () => {
  home = await openTestSqlite();
  ctx = await openTestContext(home.db);
  stage = await setStage(ctx);
  await proposeNamespace(ctx, stage.mara, {
    pattern,
    name: "Quillnest",
    ownerTeamId: stage.platform,
    sponsor: "Mara Lind",
    purpose: "One client per connector.",
    constraints,
    validDays: 90,
    reason,
  });
});
afterAll(async () => {
  await ctx.close();
  await home.drop();
});

const page = async (person: PersonActor) =>
  (await namespacePage(ctx.db, ctx.clock(), person, false, 1)) as NamespacePage;
const waiting = async (person: PersonActor) =>
  (await inbox(ctx.db, ctx.clock(), person, false)).items.filter(
    ({ subject }) => subject.kind === "namespace",
  );
const vote = async (person: PersonActor) =>
  voteOnNamespace(ctx, person, {
    number: 1,
    verdict: "approve",
    reason,
    digest: (await page(person)).digest,
  });
const attempt = async (clientId: string, redirectUri?: string) =>
  tryNamespace(ctx.db, ctx.clock(), await page(stage.rui), { clientId, redirectUri });

test("what waits stands in the inbox of who can vote, and of who asked", async () => {
  expect(await waiting(stage.rui)).toMatchObject([{ part: "decide", severity: "high" }]);
  expect(await waiting(stage.mara)).toMatchObject([{ part: "mine" }]);
  expect(await waiting(stage.otto)).toEqual([]);
  expect(await page(stage.rui)).toMatchObject({
    canVote: true,
    missing: 2,
    mayWithdraw: false,
    mayChange: false,
  });
  expect(await page(stage.mara)).toMatchObject({ canVote: false, mayWithdraw: true, mayChange: true });
  expect((await page(stage.otto)).obstacle).toContain("Only reviewers");
});

test("a vote takes it out of one's own part", async () => {
  await vote(stage.rui);
  expect(await waiting(stage.rui)).toMatchObject([{ part: "mine", note: `You voted · ${pattern}` }]);
  expect(await page(stage.sofia)).toMatchObject({ missing: 1, votes: [{ person: "Rui", counts: true }] });
  await vote(stage.sofia);
  await publish(ctx);
  expect(await waiting(stage.ada)).toEqual([]);
});

test("a client_id is tried against the pattern, the constraints and the newest releases", async () => {
  expect(await attempt(child, "https://quillnest.dev/cb")).toMatchObject({
    matches: true,
    byConstraints: { allowed: true },
    servers: [{ slug: "prod", allowed: true }],
  });
  const elsewhere = await attempt(child, "https://evil.example/cb");
  expect(elsewhere).toMatchObject({ byConstraints: { allowed: false }, servers: [{ allowed: false }] });
  expect(await attempt(`${child}/x`)).toMatchObject({ matches: false, byConstraints: null });
});

test.each([
  ["http://quillnest.dev/oauth/a/client.json", "does not begin with"],
  ["https://quillnest.dev/oauth/a/b/client.json", "has 4 segments and the pattern 3"],
  ["https://quillnest.dev/OAuth/a/client.json", 'Segment 1 of its path is "OAuth"'],
  ["https://quillnest.dev/oauth/%2e/client.json", "1 to 256 plain characters"],
])("%s: said why not", async (clientId, words) => {
  expect((await attempt(clientId)).because).toContain(words);
});

test("a growing change shows what is new, and what stays in force", async () => {
  await proposeNamespaceChange(ctx, stage.mara, {
    number: 1,
    constraints: { ...constraints, loopback: true, mostChildren: 5 },
    reason,
  });
  const seen = await page(stage.rui);
  expect(seen.constraints).toMatchObject({ loopback: false, mostChildren: 5 });
  expect(seen.difference?.filter(({ added }) => added.length > 0)).toMatchObject([
    { label: "Redirects to the user's own machine", added: ["loopback, any port"] },
  ]);
  expect(await waiting(stage.rui)).toMatchObject([{ part: "decide" }]);
});

test("the list counts the clients that were admitted, and knows when it has run out", async () => {
  const namespace = await find(ctx.db, "namespace", { number: 1 });
  await ctx.db.transaction((tx) =>
    insert(tx, "seenClient", {
      clientId: child,
      host: "quillnest.dev",
      domain: "quillnest.dev",
      allowed: 3,
      refused: 0,
      firstAt: ctx.clock(),
      lastAt: ctx.clock(),
      namespaceId: namespace?.id ?? null,
    }),
  );
  expect(await namespaceList(ctx.db, ctx.clock())).toMatchObject([
    { number: 1, standing: "approved", waits: true, children: 1, mostChildren: 5, reaches: ["Tickets"] },
  ]);
  ctx.pass(90 * day);
  expect(await matchNamespaces(ctx.db, ctx.clock(), child)).toMatchObject([{ standing: "expired" }]);
  expect(await matchNamespaces(ctx.db, ctx.clock(), `${child}x`)).toEqual([]);
});
