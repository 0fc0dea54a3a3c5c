import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { minute } from "#lib/core/Instant.ts";
import type { LeftOut } from "#lib/core/review/selection.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { castVote } from "./castVote.ts";
import { openRequest } from "./openRequest.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  digestOf,
  publish,
  quiet,
  quietRedirect,
  register,
  setStage,
  tickets,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

const bot = "https://tidewater.dev/bot/callback";
const relay = "https://quartzrelay.com/x";
const withoutRelay = [{ member: "redirect_uris", value: relay }];
const grown = { redirect_uris: [quietRedirect, bot, relay], client_name: "Tidewater Two" };

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let id: string;
  let number: number;

  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
    id = await approved(ctx, stage);
    number = await change(grown);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const client = async () => {
    const row = await find(ctx.db, "client", { id });
    if (!row) throw new Error("No client.");
    return row;
  };
  /** Serves other members, looks until the difference counts, and says which request is open about it. */
  const change = async (members: Record<string, unknown>) => {
    const served = (await sandbox.control.documents()).find((each) => each.url === quiet);
    await sandbox.control.publish({ url: quiet, body: { ...(served?.body as object), ...members } });
    await look();
    await look();
    return openNumber();
  };
  const look = async () => {
    ctx.pass(3 * minute);
    await refreshClient(ctx, stage.mara, { id });
  };
  const openNumber = async () => {
    const [request] = await findAll(ctx.db, "request", { clientRowId: id, state: "open" });
    return request?.number ?? 0;
  };
  const accept = async (person: PersonActor, excluded?: readonly LeftOut[], which = number) =>
    castVote(ctx, person, {
      number: which,
      verdict: "approve",
      reason: "Compared with their announcement.",
      digest: await digestOf(ctx, which),
      excluded: excluded && [...excluded],
    });
  const redirects = async () => {
    await publish(ctx);
    const entry = await (await verifiedList(ctx, stage.audienceId)).entryOf(quiet);
    return entry?.redirect_uris?.map(({ uri }) => uri);
  };

  describe("accepting a part", () => {
    test("what two people accept is in the list, what they leave out is not and stays held", async () => {
      expect(await accept(stage.rui, withoutRelay)).toMatchObject({ state: "open", votesMissing: 1 });
      expect(await accept(stage.sofia, withoutRelay)).toMatchObject({ state: "approved" });
      expect(await client()).toMatchObject({
        lifecycle: "approved",
        sync: "held",
        name: "Tidewater Two",
        approvedExcept: withoutRelay,
      });
      expect(await find(ctx.db, "request", { number })).toMatchObject({
        state: "approved",
        excluded: withoutRelay,
      });
      expect(await redirects()).toEqual([bot, quietRedirect]);
      const [line] = await findAll(ctx.db, "journal", { action: "client.approved", subjectId: id }).then(
        (lines) => lines.toSorted((a, b) => b.seq - a.seq),
      );
      expect(line?.bytes).toContain("quartzrelay.com");
      // Looking again asks nobody anew.
      await look();
      expect(await client()).toMatchObject({ sync: "held" });
      expect(await openNumber()).toBe(0);
    });

    test("left-out growth asks again when the document changes, and is in no list until then", async () => {
      await accept(stage.rui, withoutRelay);
      await accept(stage.sofia, withoutRelay);
      const again = await change({ client_name: "Tidewater Three" });
      expect(again).toBeGreaterThan(number);
      expect(await redirects()).toEqual([bot, quietRedirect]);
      await accept(stage.rui, [], again);
      await accept(stage.sofia, [], again);
      expect(await client()).toMatchObject({ sync: "in_sync", approvedExcept: null });
      expect(await redirects()).toEqual([relay, bot, quietRedirect]);
    });

    test("what was found about it is settled: accepted is over, left out is kept out", async () => {
      const standing = async () =>
        (await findAll(ctx.db, "finding", { clientRowId: id }))
          .map(({ rule, value, state }) => `${state} ${rule} ${value}`)
          .toSorted();
      expect(await standing()).toEqual([
        `open drift.client-name-changed /client_name`,
        `open drift.redirect-added-new-site ${relay}`,
        `open drift.redirect-added-same-host ${bot}`,
      ]);
      await accept(stage.rui, withoutRelay);
      await accept(stage.sofia, withoutRelay);
      const settled = [
        `dismissed drift.redirect-added-new-site ${relay}`,
        `resolved drift.client-name-changed /client_name`,
        `resolved drift.redirect-added-same-host ${bot}`,
      ];
      expect(await standing()).toEqual(settled);
      await look();
      await look();
      expect(await standing()).toEqual(settled);
    });

    test("what a denied change would have added is kept out", async () => {
      await vote(ctx, stage.rui, number, "deny");
      const states = (await findAll(ctx.db, "finding", { clientRowId: id })).map(({ state }) => state);
      expect(states).toEqual(["dismissed", "dismissed", "dismissed"]);
    });

    test("a member that is left out keeps its approved value", async () => {
      const left = [{ member: "client_name" }];
      await accept(stage.rui, left);
      await accept(stage.sofia, left);
      const { name, approvedExcept } = await client();
      expect(name).not.toBe("Tidewater Two");
      expect(approvedExcept).toEqual([{ member: "client_name", before: name }]);
    });

    test("votes for other selections do not count together, until people agree", async () => {
      await accept(stage.rui, withoutRelay);
      expect(await accept(stage.sofia)).toMatchObject({
        state: "open",
        votesMissing: 1,
        obstacle: "Rui accepted another selection, and only votes for the same one count together.",
      });
      expect((await client()).approvedExcept).toBeNull();
      expect(await accept(stage.sofia, withoutRelay)).toMatchObject({ state: "approved" });
      const votes = await findAll(ctx.db, "vote", { personId: stage.sofia.id });
      expect(
        votes
          .map(({ voidedAt, excluded }) => [voidedAt === null, excluded])
          .toSorted(([a], [b]) => Number(a) - Number(b)),
      ).toEqual([
        [false, null],
        [true, withoutRelay],
      ]);
      const lines = await findAll(ctx.db, "journal", { action: "vote.approve", actorId: stage.sofia.id });
      expect(lines.some(({ bytes }) => bytes.includes('"replaces"'))).toBe(true);
    });

    test("an approval may become a denial; the same vote twice is refused", async () => {
      await accept(stage.rui, withoutRelay);
      await expect(accept(stage.rui, withoutRelay)).rejects.toMatchObject({ code: "conflict" });
      expect(await vote(ctx, stage.rui, number, "deny")).toMatchObject({ state: "denied" });
      expect(await redirects()).toEqual([quietRedirect]);
      expect((await client()).sync).toBe("held");
      await look();
      expect(await openNumber()).toBe(0);
    });

    test.each<[string, LeftOut[], string]>([
      ["what is not new", [{ member: "redirect_uris", value: quietRedirect }], "cannot be left out"],
      [
        "what nobody published",
        [{ member: "redirect_uris", value: "https://x.test/" }],
        "cannot be left out",
      ],
      ["a member that did not change", [{ member: "logo_uri" }], "cannot be left out"],
      [
        "everything",
        [...withoutRelay, { member: "redirect_uris", value: bot }, { member: "client_name" }],
        "is a denial",
      ],
    ])("refuses to leave out %s", async (_, excluded, sentence) => {
      await expect(accept(stage.rui, excluded)).rejects.toMatchObject({ code: "invalid_input" });
      await expect(accept(stage.rui, excluded)).rejects.toThrow(sentence);
      const request = await find(ctx.db, "request", { number });
      expect(await findAll(ctx.db, "vote", { requestId: request?.id })).toEqual([]);
    });
    test("everything new may be left out where other access is asked for", async () => {
      await vote(ctx, stage.rui, number, "deny");
      const more = await openRequest(ctx, stage.mara, {
        id,
        kind: "change",
        grants: [{ resource: tickets, scopes: ["tickets.read", "tickets.delete"] }],
        reason: "The assistant closes tickets too.",
      });
      const all = [...withoutRelay, { member: "redirect_uris", value: bot }, { member: "client_name" }];
      await accept(stage.rui, all, more.number);
      expect(await accept(stage.sofia, all, more.number)).toMatchObject({ state: "approved" });
      expect(await redirects()).toEqual([quietRedirect]);
    });

    test("a first approval has no parts", async () => {
      const first = await register(ctx, stage, "https://harborlight.app/.well-known/oauth-client");
      await expect(accept(stage.rui, withoutRelay, first.requestNumber)).rejects.toThrow(
        "cannot be left out",
      );
    });

    test("what was left out stays out when a suspension is lifted", async () => {
      await accept(stage.rui, withoutRelay);
      await accept(stage.sofia, withoutRelay);
      await suspendClient(ctx, stage.rui, { id, reason: "To be sure." });
      const lift = await openRequest(ctx, stage.mara, { id, kind: "unsuspend", reason: "It is fine." });
      await vote(ctx, stage.rui, lift.number);
      await vote(ctx, stage.sofia, lift.number).catch(() => undefined);
      expect(await client()).toMatchObject({ lifecycle: "approved", approvedExcept: withoutRelay });
      expect(await redirects()).toEqual([bot, quietRedirect]);
    });
  });
});
