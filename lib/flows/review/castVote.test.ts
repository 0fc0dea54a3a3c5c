import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { castVote } from "./castVote.ts";
import { changePerson } from "#lib/flows/people/changePerson.ts";
import { editClient } from "#lib/flows/clients/editClient.ts";
import { expireRequests } from "./expireRequests.ts";
import { openRequest } from "./openRequest.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { retireClient, suspendClient, blockClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  addPerson,
  approved,
  digestOf,
  publish,
  quiet,
  quietRedirect,
  register,
  registration,
  setStage,
  tickets,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { withdrawRequest } from "./withdrawRequest.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const reason = "For the test.";

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const client = async (id: string) => {
    const row = await find(ctx.db, "client", { id });
    if (!row) throw new Error("No client.");
    return row;
  };
  const change = async (members: Record<string, unknown>, url = quiet) => {
    const served = (await sandbox.control.documents()).find((each) => each.url === url);
    await sandbox.control.publish({ url, body: { ...(served?.body as object), ...members } });
  };
  /** Sensitive scopes for a public client: a high tier. */
  const risky = "https://harborlight.app/.well-known/oauth-client";
  const registerRisky = () => register(ctx, stage, risky, ["tickets.read", "tickets.delete"]);

  test("a client goes from registration to a signed entry, and from a suspension to a deny", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    expect(await client(id)).toMatchObject({ lifecycle: "pending", sync: "in_sync", riskTier: "low" });
    await publish(ctx);
    expect(await (await verifiedList(ctx, stage.audienceId)).entryOf(quiet)).toBeNull();

    expect(await vote(ctx, stage.rui, requestNumber)).toMatchObject({ state: "approved", votesMissing: 0 });
    expect(await client(id)).toMatchObject({ lifecycle: "approved", selfApproved: false });
    expect(await publish(ctx)).toBe(1);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(await list.entryOf(quiet)).toMatchObject({
      status: "allow",
      redirect_uris: [{ uri: quietRedirect, match: "exact" }],
      token_endpoint_auth_method: "private_key_jwt",
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      exp: Math.floor((ctx.clock() - ctx.config.approvalDelayMs + 180 * day) / 1_000),
    });

    await suspendClient(ctx, stage.mara, { id, reason: "Its key leaked." });
    expect(await publish(ctx)).toBe(1);
    const denied = await verifiedList(ctx, stage.audienceId);
    expect(denied.claims).toMatchObject({ seq: list.claims.seq + 1, rev: list.claims.rev + 1 });
    expect(denied.claims.prev).toBe(list.row.digest);
    expect(denied.claims.deny).toMatchObject([{ client_id: quiet, reason: "suspended" }]);
    expect(await denied.entryOf(quiet)).toMatchObject({ status: "deny" });
  });

  test("the requester, the last editor, members and auditors cannot vote; tokens never can", async () => {
    const rui = stage.rui;
    const { id, requestNumber } = await registerClient(ctx, rui, registration(stage));
    await expect(vote(ctx, rui, requestNumber)).rejects.toMatchObject({
      code: "not_allowed",
      message: "You asked for this, so someone else must decide.",
    });
    await expect(vote(ctx, stage.mara, requestNumber)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(vote(ctx, stage.otto, requestNumber)).rejects.toMatchObject({ code: "not_allowed" });
    const token = { kind: "token", id: "t", name: "t", role: "operator", audienceId: null } as const;
    const said = { number: requestNumber, verdict: "approve", reason, digest: "x" } as const;
    await expect(castVote(ctx, token, said)).rejects.toMatchObject({ code: "not_allowed" });

    await editClient(ctx, stage.sofia, { id, revision: (await client(id)).revision, sponsor: "Sofia" });
    await expect(vote(ctx, stage.sofia, requestNumber)).rejects.toThrow("last to edit");
    const operator = { ...token, id: ctx.newId() };
    await editClient(ctx, operator, { id, revision: (await client(id)).revision, contract: "C-1" });
    await expect(vote(ctx, stage.sofia, requestNumber)).rejects.toThrow("last to edit");
  });

  test("an administrator alone cannot approve; with a reviewer both count", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    expect(await vote(ctx, stage.ada, requestNumber)).toMatchObject({
      state: "open",
      votesMissing: 1,
      obstacle: "An administrator alone cannot approve: a reviewer must vote too.",
    });
    expect((await client(id)).lifecycle).toBe("pending");
    expect(await vote(ctx, stage.rui, requestNumber)).toMatchObject({ state: "approved" });
  });

  test("a high tier takes two people, and a critical one two teams", async () => {
    const first = await registerRisky();
    expect((await client(first.id)).riskTier).toBe("high");
    expect(await vote(ctx, stage.rui, first.requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
    expect(await vote(ctx, stage.sofia, first.requestNumber)).toMatchObject({ state: "approved" });

    const { requestNumber, id } = await register(ctx, stage);
    await change({ redirect_uris: ["http://tidewater.dev/oauth/callback", quietRedirect] });
    const again = await refreshClient(ctx, stage.mara, { id });
    expect(again.changed).toBe(true);
    expect((await client(id)).riskTier).toBe("critical");
    await ctx.db.transaction((tx) => update(tx, "snapshot", { clientRowId: id }, { errors: 0 }));
    await vote(ctx, stage.rui, requestNumber);
    const colleague = await addPerson(ctx, "Uma", "reviewer", [stage.security]);
    expect(await vote(ctx, colleague, requestNumber)).toMatchObject({
      state: "open",
      obstacle: "A critical client needs approvals from two teams.",
    });
    expect(await vote(ctx, stage.sofia, requestNumber)).toMatchObject({ state: "approved" });
  });

  test("votes count by what their people are now", async () => {
    const { id, requestNumber } = await registerRisky();
    await vote(ctx, stage.rui, requestNumber);
    await changePerson(ctx, stage.ada, { personId: stage.rui.id, active: false });
    expect(await vote(ctx, stage.sofia, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
    await editClient(ctx, stage.sofia, { id, revision: (await client(id)).revision, contract: "C-1" });
    const uma = await addPerson(ctx, "Uma", "reviewer", []);
    expect(await vote(ctx, uma, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
  });

  test("a request for more than the client has is judged by what it asks for", async () => {
    const { requestNumber, id } = await register(ctx, stage, risky);
    expect((await client(id)).riskTier).toBe("medium");
    await vote(ctx, stage.rui, requestNumber);
    const more = await openRequest(ctx, stage.mara, {
      id,
      kind: "change",
      grants: [{ resource: tickets, scopes: ["tickets.read", "tickets.delete"] }],
      reason,
    });
    expect(await vote(ctx, stage.rui, more.number)).toMatchObject({ state: "open", votesMissing: 1 });
    expect((await client(id)).riskTier).toBe("medium");
    expect(await vote(ctx, stage.sofia, more.number)).toMatchObject({ state: "approved" });
    expect((await client(id)).riskTier).toBe("high");
  });

  test("one reviewer is enough in a solo installation, and a self-approval stays marked", async () => {
    const solo = await openTestContext(home.db, { sandbox, config: { solo: true }, ids: "solo" });
    const { id, requestNumber } = await registerClient(solo, stage.rui, registration(stage));
    expect(await vote(solo, stage.rui, requestNumber)).toMatchObject({ state: "approved" });
    expect(await client(id)).toMatchObject({ lifecycle: "approved", selfApproved: true });
    await publish(solo);
    const list = await verifiedList(solo, stage.audienceId);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "allow", self_approved: true });
    await solo.close();
  });

  test("the same vote counts once; another one takes its place", async () => {
    const { requestNumber } = await registerRisky();
    await vote(ctx, stage.rui, requestNumber);
    await expect(vote(ctx, stage.rui, requestNumber)).rejects.toMatchObject({ code: "conflict" });
    expect(await findAll(ctx.db, "vote")).toHaveLength(1);
    expect(await vote(ctx, stage.rui, requestNumber, "deny")).toMatchObject({ state: "denied" });
    expect(await findAll(ctx.db, "vote", { voidedAt: null })).toMatchObject([{ verdict: "deny" }]);
  });

  test("a vote on a document that changed is refused, and votes cast before are void", async () => {
    const { id, requestNumber } = await registerRisky();
    await vote(ctx, stage.rui, requestNumber);
    const seen = await digestOf(ctx, requestNumber);
    const before = (await sandbox.control.documents()).find((each) => each.url === risky);
    await change({ client_name: "Harborlight Two" }, risky);
    await refreshClient(ctx, stage.mara, { id });
    const stale = { number: requestNumber, verdict: "approve", reason, digest: seen } as const;
    await expect(castVote(ctx, stage.sofia, stale)).rejects.toMatchObject({ code: "stale" });
    expect(await vote(ctx, stage.sofia, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });

    // The first document comes back: both votes are void, and both people may vote again.
    await sandbox.control.publish({ url: risky, body: before?.body });
    await refreshClient(ctx, stage.mara, { id });
    expect(await digestOf(ctx, requestNumber)).toBe(seen);
    expect(await vote(ctx, stage.rui, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
    expect(await vote(ctx, stage.sofia, requestNumber)).toMatchObject({ state: "approved" });
  });

  test("an invalid document cannot be approved, only denied", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    await change({ client_id: "https://tidewater.dev/other.json" });
    await refreshClient(ctx, stage.mara, { id });
    await expect(vote(ctx, stage.rui, requestNumber)).rejects.toMatchObject({ code: "not_ready" });
    expect(await vote(ctx, stage.rui, requestNumber, "deny")).toMatchObject({ state: "denied" });
  });

  test("a denied client waits thirty days, however it is asked for", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    expect(await vote(ctx, stage.rui, requestNumber, "deny")).toMatchObject({ state: "denied" });
    const ask = { id, kind: "approve", grants: registration(stage).grants, reason } as const;
    await expect(openRequest(ctx, stage.mara, ask)).rejects.toThrow("asked for again from 2026-12-21");
    await expect(register(ctx, stage)).rejects.toThrow("asked for again from 2026-12-21");
    await expect(retireClient(ctx, stage.mara, { id, reason })).rejects.toMatchObject({ code: "conflict" });
    ctx.pass(30 * day);
    const again = await register(ctx, stage);
    expect(again).toMatchObject({ id, requestNumber: 2 });
    expect(await vote(ctx, stage.rui, 2)).toMatchObject({ state: "approved" });
  });

  test("a request that ran out is closed, and may be asked for again", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    ctx.pass(14 * day);
    await expect(vote(ctx, stage.rui, requestNumber)).rejects.toThrow("has run out");
    const ask = { id, kind: "approve", grants: registration(stage).grants, reason } as const;
    const second = await openRequest(ctx, stage.mara, ask);
    expect((await find(ctx.db, "request", { number: requestNumber }))?.state).toBe("expired");
    ctx.pass(14 * day);
    expect(await expireRequests(ctx)).toBe(1);
    expect(await expireRequests(ctx)).toBe(0);
    expect((await find(ctx.db, "request", { number: second.number }))?.state).toBe("expired");
    expect((await client(id)).lifecycle).toBe("discovered");
  });

  test("lifting a suspension or a block takes someone who did not ask", async () => {
    const id = await approved(ctx, stage);
    await suspendClient(ctx, stage.rui, { id, reason });
    const lift = await openRequest(ctx, stage.rui, { id, kind: "unsuspend", reason });
    await expect(vote(ctx, stage.rui, lift.number)).rejects.toThrow("You asked for this");
    expect(await vote(ctx, stage.sofia, lift.number)).toMatchObject({ state: "approved" });
    expect((await client(id)).lifecycle).toBe("approved");

    await blockClient(ctx, stage.ada, { id, reason });
    await expect(suspendClient(ctx, stage.rui, { id, reason })).rejects.toMatchObject({ code: "conflict" });
    await expect(retireClient(ctx, stage.mara, { id, reason })).rejects.toThrow("Ask to unblock it first");
    await publish(ctx);
    expect((await verifiedList(ctx, stage.audienceId)).claims.deny).toMatchObject([{ reason: "blocked" }]);
    const free = await openRequest(ctx, stage.mara, { id, kind: "unblock", reason });
    await expect(openRequest(ctx, stage.mara, { id, kind: "unblock", reason })).rejects.toThrow(
      `Request ${free.number} for this client is already open`,
    );
    expect(await vote(ctx, stage.rui, free.number)).toMatchObject({ state: "approved" });
    await publish(ctx);
    const list = await verifiedList(ctx, stage.audienceId);
    expect(list.claims.deny).toEqual([]);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "allow" });
  });

  test("taking trust away closes the open request, and only owners, reviewers and admins may", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    await expect(blockClient(ctx, stage.otto, { id, reason })).rejects.toMatchObject({ code: "not_allowed" });
    const stranger = await addPerson(ctx, "Nia", "member", [stage.security]);
    await expect(blockClient(ctx, stranger, { id, reason })).rejects.toMatchObject({ code: "not_allowed" });
    await blockClient(ctx, stage.mara, { id, reason });
    expect(await find(ctx.db, "request", { number: requestNumber })).toMatchObject({ state: "withdrawn" });
    await expect(vote(ctx, stage.rui, requestNumber)).rejects.toMatchObject({ code: "conflict" });
    await publish(ctx);
    // Never approved, and yet refused everywhere.
    const list = await verifiedList(ctx, stage.audienceId);
    expect(await list.entryOf(quiet)).toMatchObject({ status: "deny", reason: "blocked" });
  });

  test("only who asked or an administrator withdraws; the client is then discovered", async () => {
    const { id, requestNumber: number } = await register(ctx, stage);
    await expect(withdrawRequest(ctx, stage.rui, { number, reason })).rejects.toMatchObject({
      code: "not_allowed",
    });
    await withdrawRequest(ctx, stage.mara, { number, reason });
    await expect(withdrawRequest(ctx, stage.mara, { number, reason })).rejects.toThrow("already withdrawn");
    expect((await client(id)).lifecycle).toBe("discovered");
    expect(await register(ctx, stage)).toEqual({ id, requestNumber: number + 1 });
  });

  test("two reviewers who vote at the same time decide once", async () => {
    const { id, requestNumber } = await register(ctx, stage);
    const outcomes = await Promise.allSettled([
      vote(ctx, stage.rui, requestNumber),
      vote(ctx, stage.sofia, requestNumber),
    ]);
    const [won, lost] = [
      outcomes.filter((each) => each.status === "fulfilled"),
      outcomes.filter((each) => each.status === "rejected"),
    ];
    expect(won).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ code: "conflict", message: "This request is already decided." });
    const lines = await findAll(ctx.db, "journal", { action: "client.approved", subjectId: id });
    expect(lines).toHaveLength(1);
  });

  test("an approval and a denial at the same time: one decides, the other is told", async () => {
    const { requestNumber } = await register(ctx, stage);
    const outcomes = await Promise.allSettled([
      vote(ctx, stage.rui, requestNumber, "deny"),
      vote(ctx, stage.sofia, requestNumber),
    ]);
    expect(outcomes.filter((each) => each.status === "fulfilled")).toHaveLength(1);
  });
});
