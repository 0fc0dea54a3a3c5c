import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inventedKey } from "../../../e2e/sandbox/inventedKey.ts";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import type { Role } from "#lib/core/role.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { announceKey } from "#lib/flows/clients/announceKey.ts";
import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { holdRelease } from "#lib/flows/releases/holdRelease.ts";
import { letGoOfRelease } from "#lib/flows/releases/letGoOfRelease.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { saveResource } from "#lib/flows/servers/saveResource.ts";
import { blockHost } from "#lib/flows/sightings/blockHost.ts";
import { liftHostBlock } from "#lib/flows/sightings/liftHostBlock.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  addPerson,
  approved,
  digestOf,
  lookTwice,
  publish,
  quiet,
  register,
  setStage,
  tickets,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { castVote } from "./castVote.ts";
import { openRequest } from "./openRequest.ts";
import { withdrawRequest } from "./withdrawRequest.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const reason = "For the test.";
const notAllowed = { code: "not_allowed" };

// Each test is somebody of the house who wants a list to admit more, and has nobody to agree.
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

  const lifecycleOf = async (id: string) => (await find(ctx.db, "client", { id }))?.lifecycle;
  const become = (person: PersonActor, change: { active?: boolean; role?: Role }) =>
    ctx.db.transaction((tx) => update(tx, "person", { id: person.id }, change));

  describe("a vote", () => {
    test("stands alone when whoever asked has left, or may not ask any more", async () => {
      const { id, requestNumber } = await register(ctx, stage);
      await become(stage.mara, { active: false });
      expect(await vote(ctx, stage.rui, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
      await become(stage.mara, { active: true, role: "auditor" });
      expect(await lifecycleOf(id)).toBe("pending");
      expect(await vote(ctx, stage.sofia, requestNumber)).toMatchObject({ state: "approved" });
    });

    test("of one person is one vote, however often and at once it is sent", async () => {
      const { requestNumber } = await register(ctx, stage, risky, ["tickets.read", "tickets.delete"]);
      const sent = await Promise.allSettled(
        Array.from({ length: 6 }, () => vote(ctx, stage.rui, requestNumber)),
      );
      expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const request = await find(ctx.db, "request", { number: requestNumber });
      expect(request?.state).toBe("open");
      expect(await findAll(ctx.db, "vote", { requestId: request?.id ?? "", voidedAt: null })).toHaveLength(1);
    });

    test("sent at the moment of a suspension, a denial or a withdrawal leaves nothing half decided", async () => {
      const id = await approved(ctx, stage);
      const grants = [{ resource: tickets, scopes: ["tickets.read", "tickets.delete"] }];
      const { number } = await openRequest(ctx, stage.mara, { id, kind: "change", grants, reason });
      const digest = await digestOf(ctx, number);
      const said = { number, digest, reason };
      await vote(ctx, stage.sofia, number);
      const outcomes = await Promise.allSettled([
        castVote(ctx, stage.rui, { ...said, verdict: "approve" }),
        suspendClient(ctx, stage.rui, { id, reason }),
        withdrawRequest(ctx, stage.mara, { number, reason }),
        castVote(ctx, stage.ada, { ...said, verdict: "deny" }),
      ]);
      expect(outcomes[1]?.status).toBe("fulfilled");
      expect(await lifecycleOf(id)).toBe("suspended");
      const request = await find(ctx.db, "request", { number });
      expect(["approved", "denied", "withdrawn"]).toContain(request?.state);
      await publish(ctx);
      expect(await (await verifiedList(ctx, stage.audienceId)).entryOf(quiet)).toMatchObject({
        status: "deny",
      });
    });

    test("of somebody who was a reviewer counts for what they are when it decides", async () => {
      const { requestNumber } = await register(ctx, stage, risky, ["tickets.read", "tickets.delete"]);
      await vote(ctx, stage.rui, requestNumber);
      await become(stage.rui, { role: "member" });
      expect(await vote(ctx, stage.ada, requestNumber)).toMatchObject({ state: "open", votesMissing: 1 });
    });
  });

  test("a scope that one person gives to a resource is granted by no earlier approval", async () => {
    const other = {
      slug: "lab",
      name: "Lab",
      resources: [{ uri: tickets, name: "T", scopes: ["tickets.read"] }],
    };
    const lab = await createAudience(ctx, stage.ada, other);
    const { requestNumber } = await register(ctx, stage, risky, ["tickets.read", "tickets.delete"]);
    for (const person of [stage.rui, stage.sofia]) await vote(ctx, person, requestNumber);
    const grantsOf = async (audienceId: string) => {
      await publish(ctx);
      const entry = await (await verifiedList(ctx, audienceId)).entryOf(risky);
      return entry?.status === "allow" ? entry.grants?.flatMap(({ scopes }) => scopes) : entry;
    };
    expect(await grantsOf(lab.id)).toEqual(["tickets.read"]);
    const operator = { kind: "token", id: "t", name: "t", role: "operator", audienceId: null } as const;
    const save = (audienceId: string, scopes: string[]) =>
      saveResource(ctx, operator, {
        audienceId,
        uri: tickets,
        name: "T",
        scopes,
        sensitiveScopes: scopes.filter((scope) => scope === "tickets.delete"),
      });
    await save(lab.id, ["tickets.read", "tickets.delete"]);
    await save(lab.id, ["tickets.read", "tickets.delete"]);
    expect(await grantsOf(lab.id)).toEqual(["tickets.read"]);
    // Taking a scope away takes one person, giving it back takes two.
    await save(stage.audienceId, ["tickets.read"]);
    await save(stage.audienceId, ["tickets.read", "tickets.delete"]);
    expect(await grantsOf(stage.audienceId)).toEqual(["tickets.read"]);
    const grants = [{ resource: tickets, scopes: ["tickets.read", "tickets.delete"] }];
    const id = (await find(ctx.db, "client", { clientId: risky }))?.id ?? "";
    const { number } = await openRequest(ctx, stage.mara, { id, kind: "change", grants, reason });
    for (const person of [stage.rui, stage.sofia]) await vote(ctx, person, number);
    expect(await grantsOf(lab.id)).toEqual(["tickets.delete", "tickets.read"]);
  });

  describe("a key that its publisher announces", () => {
    const keySet = "https://tidewater.dev/oauth/jwks.json";
    const hostile = inventedKey("hostile");
    const listed = async () => {
      await publish(ctx);
      const entry = await (await verifiedList(ctx, stage.audienceId)).entryOf(quiet);
      return entry?.jkts?.includes(hostile.jkt);
    };
    const appear = async (id: string) => {
      const served = (await sandbox.control.documents()).find((each) => each.url === keySet);
      const { keys } = (served?.body ?? {}) as { keys: object[] };
      await sandbox.control.publish({ url: keySet, body: { keys: [...keys, hostile.publicJwk] } });
      return lookTwice(ctx, stage, id);
    };
    const announce = (who: PersonActor, id: string) =>
      announceKey(ctx, who, { id, key: hostile.jkt, expectedBy: "2026-12-04" });

    test("waits like any other while nobody has confirmed it", async () => {
      const id = await approved(ctx, stage);
      const { id: announcementId } = await announce(stage.rui, id);
      const confirm = (who: PersonActor) => confirmAnnouncement(ctx, who, { announcementId });
      for (const who of [stage.rui, stage.mara, stage.otto])
        await expect(confirm(who)).rejects.toMatchObject(notAllowed);
      await appear(id);
      expect(await listed()).toBe(false);
      await expect(confirm(stage.sofia)).rejects.toMatchObject({ code: "conflict" });
      expect(await listed()).toBe(false);
    });

    test("counts with a second person, unless one of the two has left by then", async () => {
      const id = await approved(ctx, stage);
      const { id: announcementId } = await announce(stage.mara, id);
      const confirm = (who: PersonActor) => confirmAnnouncement(ctx, who, { announcementId });
      await expect(confirm(stage.ada)).rejects.toThrow("a reviewer must");
      await confirm(stage.rui);
      await expect(confirm(stage.sofia)).rejects.toThrow("already");
      await become(stage.rui, { active: false });
      await appear(id);
      expect(await listed()).toBe(false);
    });

    test("counts with a second person", async () => {
      const id = await approved(ctx, stage);
      const { id: announcementId } = await announce(stage.mara, id);
      await confirmAnnouncement(ctx, stage.rui, { announcementId });
      await appear(id);
      expect(await listed()).toBe(true);
    });
  });

  describe("administrators alone", () => {
    let ben: PersonActor;
    beforeEach(async () => {
      ben = await addPerson(ctx, "Ben", "admin", []);
    });

    test("do not end a rollback", async () => {
      await publish(ctx);
      await approved(ctx, stage);
      await publish(ctx);
      const { audienceId } = stage;
      await holdRelease(ctx, ben, { audienceId, epoch: 1, rev: 1, reason });
      expect(await letGoOfRelease(ctx, stage.ada, { audienceId })).toBe("asked");
      await expect(letGoOfRelease(ctx, ben, { audienceId })).rejects.toMatchObject(notAllowed);
      expect((await find(ctx.db, "audience", { id: audienceId }))?.heldHeadId).not.toBeNull();
      expect(await letGoOfRelease(ctx, stage.rui, { audienceId })).toBe("released");
    });

    test("do not lift the block of a host", async () => {
      const host = { host: "tidewater.dev", reason };
      await blockHost(ctx, stage.rui, host);
      expect(await liftHostBlock(ctx, stage.ada, host)).toBe("asked");
      await expect(liftHostBlock(ctx, ben, host)).rejects.toMatchObject(notAllowed);
      // Who has lost the role since the page was opened is nobody to confirm.
      await become(stage.sofia, { role: "member" });
      await expect(liftHostBlock(ctx, stage.sofia, host)).rejects.toMatchObject(notAllowed);
      expect(await liftHostBlock(ctx, stage.rui, host)).toBe("lifted");
    });

    test("do not end it by asking at once", async () => {
      const host = { host: "tidewater.dev", reason };
      await blockHost(ctx, stage.rui, host);
      await Promise.allSettled([1, 2, 3].map(() => liftHostBlock(ctx, stage.ada, host)));
      expect(await find(ctx.db, "hostBlock", { host: host.host })).toMatchObject({
        liftAskedBy: stage.ada.id,
      });
    });
  });
});

/** Sensitive scopes for a public client: a high tier. */
const risky = "https://harborlight.app/.well-known/oauth-client";
