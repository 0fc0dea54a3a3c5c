import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { day, hour, minute, second } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert } from "#lib/db/rows.ts";
import { startReceiver, type Receiver } from "#lib/notify/testing/startReceiver.ts";
import { deliverOutbox } from "./deliverOutbox.ts";
import { forgetDeliveries } from "./forgetDeliveries.ts";
import { note } from "#lib/flows/note.ts";
import { removeChannel } from "./removeChannel.ts";
import { replayDelivery, replayFailed } from "./replayDelivery.ts";
import { rotateChannelSecret } from "./rotateChannelSecret.ts";
import { saveChannel, type ChannelInput } from "./saveChannel.ts";
import { sendDeliveries } from "./sendDeliveries.ts";
import { sendDigests } from "./sendDigests.ts";
import { testChannel } from "./testChannel.ts";
import { openTestContext, start, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { setStage, type Stage } from "#lib/flows/testing/stage.ts";

eachDatabase((open) => {
  let opened: TestDatabase;
  let receiver: Receiver;
  let ctx: TestContext;
  let stage: Stage;

  beforeEach(async () => {
    opened = await open();
    receiver = await startReceiver();
    ctx = await openTestContext(opened.db, { config: { notifyHosts: [receiver.host] } });
    stage = await setStage(ctx);
    await deliverOutbox(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await receiver.close();
    await opened.drop();
  });

  const webhook = (more: Partial<ChannelInput> = {}) =>
    saveChannel(ctx, stage.ada, {
      name: "Hook",
      kind: "webhook",
      settings: { url: receiver.url },
      minimumSeverity: "low",
      ...more,
    });
  const happen = (number: number, severity = "high", ownerTeamId: string | null = null) =>
    ctx.db.transaction((tx) =>
      note(ctx, tx, systemActor, {
        action: "finding.opened",
        subject: { kind: "finding", id: `f${number}`, name: `F-${number}` },
        detail: {
          number,
          rule: "drift.redirect-added",
          severity,
          state: "open",
          message: "A redirect was added.",
          client: null,
          host: "tidewater.dev",
          ownerTeamId,
          members: 3,
        },
      }),
    );
  const beat = async () => {
    await deliverOutbox(ctx);
    return sendDeliveries(ctx);
  };
  const titles = () =>
    receiver.received.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
  const only = async (channelId: string) => {
    const rows = await findAll(ctx.db, "delivery", { channelId });
    expect(rows).toHaveLength(1);
    return rows[0]!;
  };

  test("an event reaches the channels that asked for it, once", async () => {
    const { id } = await webhook();
    await webhook({ name: "Critical", minimumSeverity: "critical" });
    await webhook({ name: "Clients", topics: ["client"] });
    await webhook({ name: "Platform", teamId: stage.platform });
    await webhook({ name: "Off", active: false });
    await happen(1);
    expect(await beat()).toBe(1);
    expect(await beat()).toBe(0);
    expect(titles()).toEqual(["F-1 opened: 3 clients of tidewater.dev"]);
    expect(await findAll(ctx.db, "delivery")).toHaveLength(1);
    expect(await only(id)).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 204 });
    await happen(2, "high", stage.platform);
    expect(await beat()).toBe(2);
  });

  test("an outbox row that is delivered twice makes no second delivery", async () => {
    const { id } = await webhook();
    await happen(1);
    const row = await find(ctx.db, "outbox", { topic: "finding.opened" });
    await deliverOutbox(ctx);
    await ctx.db.transaction((tx) => insert(tx, "outbox", { ...row!, id: "again" }));
    await deliverOutbox(ctx);
    expect(await findAll(ctx.db, "delivery", { channelId: id })).toHaveLength(2);
    const { fanOut } = await import("./fanOut.ts");
    const channels = await findAll(ctx.db, "channel");
    await ctx.db.transaction((tx) => fanOut(ctx, tx, row!, channels));
    expect(await findAll(ctx.db, "delivery", { channelId: id })).toHaveLength(2);
  });

  test("a crash between sending and marking repeats the message under the same webhook-id", async () => {
    const { id } = await webhook();
    await happen(1);
    await deliverOutbox(ctx);
    let transactions = 0;
    const breaking: TestContext = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: (work) =>
          ++transactions > 1 ? Promise.reject(new Error("The process died.")) : ctx.db.transaction(work),
      },
    };
    await expect(sendDeliveries(breaking)).rejects.toThrow("The process died.");
    expect(await sendDeliveries(ctx)).toBe(0);
    ctx.pass(5 * minute);
    expect(await sendDeliveries(ctx)).toBe(1);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await only(id)).toMatchObject({ state: "delivered" });
  });

  describe("what fails", () => {
    test("is tried again later and later, and what waits behind it waits too", async () => {
      const { id } = await webhook();
      receiver.answer = (response) => void response.writeHead(500).end();
      await happen(1);
      await happen(2);
      await beat();
      expect(receiver.received).toHaveLength(1);
      expect(await sendDeliveries(ctx)).toBe(0);
      expect(receiver.received).toHaveLength(1);
      receiver.answer = (response) => void response.writeHead(200).end();
      ctx.pass(30 * second);
      expect(await sendDeliveries(ctx)).toBe(2);
      const rows = await findAll(ctx.db, "delivery", { channelId: id });
      expect(rows.map((row) => row.attempts).sort((a, b) => a - b)).toEqual([1, 2]);
      expect(rows.every((row) => row.state === "delivered")).toBe(true);
    });

    test("honours Retry-After", async () => {
      const { id } = await webhook();
      receiver.answer = (response) => void response.writeHead(429, { "retry-after": "3600" }).end();
      await happen(1);
      await beat();
      expect(await only(id)).toMatchObject({ nextAttemptAt: start + hour, lastStatus: 429 });
    });

    test("twelve times has failed; that is said once, to the other channels", async () => {
      const { id } = await webhook();
      await saveChannel(ctx, stage.ada, {
        name: "Other",
        kind: "webhook",
        settings: { url: `http://${receiver.host}/other` },
        topics: ["channel"],
        minimumSeverity: "info",
      });
      receiver.answer = (response, { body }) =>
        void response.writeHead(body.includes("channel.failing") ? 200 : 500).end();
      await happen(1);
      await beat();
      for (let n = 1; n < 12; n++) {
        expect(await only(id)).toMatchObject({ state: "waiting", attempts: n });
        ctx.pass(6 * hour);
        await sendDeliveries(ctx);
      }
      expect(await only(id)).toMatchObject({ state: "failed", attempts: 12, nextAttemptAt: null });
      expect((await find(ctx.db, "channel", { id }))?.failingSince).not.toBeNull();
      await beat();
      expect(titles().at(-1)).toBe("Notifications no longer reach Hook");
      expect(await findAll(ctx.db, "journal", { action: "channel.failing" })).toHaveLength(1);

      receiver.answer = (response) => void response.writeHead(200).end();
      expect(await replayFailed(ctx, stage.ada, { channelId: id })).toEqual({ count: 1 });
      expect(await sendDeliveries(ctx)).toBe(1);
      expect((await find(ctx.db, "channel", { id }))?.failingSince).toBeNull();
      const ids = receiver.received
        .filter(({ body }) => body.includes("finding.opened"))
        .map(({ headers }) => headers["webhook-id"]);
      expect(new Set(ids).size).toBe(1);
    });

    test("410 switches the channel off", async () => {
      const { id } = await webhook();
      receiver.answer = (response) => void response.writeHead(410).end();
      await happen(1);
      await happen(2);
      await beat();
      expect(receiver.received).toHaveLength(1);
      const channel = await find(ctx.db, "channel", { id });
      expect(channel).toMatchObject({ active: false, offReason: expect.stringContaining("410") });
      expect(await findAll(ctx.db, "delivery", { channelId: id, state: "failed" })).toHaveLength(2);
      await happen(3);
      await beat();
      expect(receiver.received).toHaveLength(1);
      await expect(replayFailed(ctx, stage.ada, { channelId: id })).rejects.toMatchObject({
        code: "not_ready",
      });
    });

    test("at the guard has failed at once and says why", async () => {
      const { id } = await webhook({ settings: { url: "https://169.254.169.254/latest" } });
      await happen(1);
      await beat();
      expect(await only(id)).toMatchObject({ state: "failed", attempts: 1, lastStatus: null });
      expect((await only(id)).lastSentence).toContain("ROLLCALL_NOTIFY_HOSTS");
      const elsewhere = await webhook({ name: "Private", settings: { url: "http://10.0.0.7/hook" } });
      expect(await testChannel(ctx, stage.ada, { id: elsewhere.id })).toMatchObject({ outcome: "refused" });
    });
  });

  describe("a secret", () => {
    test("verifies what is sent, is shown once and never read again", async () => {
      const { id, secret = "" } = await webhook();
      await happen(1);
      await beat();
      const [one] = receiver.received;
      // The library compares with the clock of today, so only the signature is looked at.
      const sentAt = new Date(Number(one?.headers["webhook-timestamp"]) * second);
      const expected = new Webhook(secret).sign(String(one?.headers["webhook-id"]), sentAt, one?.body ?? "");
      expect(one?.headers["webhook-signature"]).toBe(expected);
      const again = await saveChannel(ctx, stage.ada, {
        id,
        name: "Hook",
        kind: "webhook",
        settings: { url: receiver.url, secret: "whsec_chosenbysomebodyelse0000000000000000" },
      });
      expect(again).toEqual({ id });
      expect((await find(ctx.db, "channel", { id }))?.settings["secret"]).toBe(secret);
    });

    test("that rotates leaves the old one signing for a day", async () => {
      const { id, secret: old = "" } = await webhook();
      const { secret } = await rotateChannelSecret(ctx, stage.ada, { id });
      expect(secret).not.toBe(old);
      const signaturesOf = async (number: number) => {
        await happen(number);
        await beat();
        const one = receiver.received.at(-1)!;
        const sentAt = new Date(Number(one.headers["webhook-timestamp"]) * second);
        const by = (each: string) =>
          new Webhook(each).sign(String(one.headers["webhook-id"]), sentAt, one.body);
        return [one.headers["webhook-signature"], by(secret), by(old)] as const;
      };
      const [both, now, before] = await signaturesOf(1);
      expect(both).toBe(`${now} ${before}`);
      ctx.pass(day);
      const [alone, next] = await signaturesOf(2);
      expect(alone).toBe(next);
    });

    test("stands neither in the journal nor in the log nor in the outbox", async () => {
      const { id, secret = "" } = await webhook();
      const address = "https://hooks.slack.com/services/T000/B000/sEcReTpart";
      const slack = { name: "Slack", kind: "slack", settings: { url: address } };
      const { id: slackId } = await saveChannel(ctx, stage.ada, slack);
      const { secret: second } = await rotateChannelSecret(ctx, stage.ada, { id });
      await saveChannel(ctx, stage.ada, { ...slack, id: slackId, name: "Renamed", settings: { url: "" } });
      expect((await find(ctx.db, "channel", { id: slackId }))?.settings).toEqual({ url: address });
      await happen(1);
      await beat();
      await removeChannel(ctx, stage.ada, { id });
      await deliverOutbox(ctx);
      const everything = JSON.stringify([
        await findAll(ctx.db, "journal"),
        await findAll(ctx.db, "outbox"),
        await findAll(ctx.db, "delivery"),
        ctx.logged,
      ]);
      for (const each of [secret, second, "sEcReTpart", secret.slice(6)])
        expect(everything).not.toContain(each);
      expect((await find(ctx.db, "channel", { id }))?.settings).toEqual({});
    });
  });

  describe("a digest", () => {
    const mail = () =>
      saveChannel(ctx, stage.ada, {
        name: "Mail",
        kind: "email",
        settings: { to: "mara@example.com", digestHour: "7" },
        minimumSeverity: "low",
      });

    test("gathers medium and low for a day, while high goes at once", async () => {
      const { id } = await mail();
      for (const [number, severity] of [["low"], ["medium"], ["high"], ["low"]].entries())
        await happen(number + 1, severity?.[0]);
      await deliverOutbox(ctx);
      const states = async () =>
        (await findAll(ctx.db, "delivery", { channelId: id })).map((row) => row.state).sort();
      expect(await states()).toEqual(["collecting", "collecting", "collecting", "waiting"]);
      expect(await sendDigests(ctx)).toBe(0);
      ctx.pass(22 * hour);
      await happen(5, "low");
      await deliverOutbox(ctx);
      expect(await sendDigests(ctx)).toBe(1);
      expect(await sendDigests(ctx)).toBe(0);
      const digest = await find(ctx.db, "delivery", { channelId: id, topic: "digest" });
      expect(digest).toMatchObject({ state: "waiting", severity: "medium" });
      const { digest: notices } = digest!.payload as { digest: { title: string; severity: string }[] };
      expect(notices.map((each) => each.severity)).toEqual(["medium", "low", "low"]);
      expect(await states()).toEqual([
        ...Array(1).fill("collecting"),
        ...Array(3).fill("digested"),
        "waiting",
        "waiting",
      ]);
      ctx.pass(day);
      expect(await sendDigests(ctx)).toBe(1);
    });

    test("is tried again like everything else", async () => {
      const { id } = await mail();
      await happen(1, "low");
      await deliverOutbox(ctx);
      ctx.pass(day);
      await sendDigests(ctx);
      await sendDeliveries(ctx);
      const digest = await find(ctx.db, "delivery", { channelId: id, topic: "digest" });
      expect(digest).toMatchObject({
        state: "failed",
        lastSentence: expect.stringContaining("ROLLCALL_SMTP_URL"),
      });
    });
  });

  test("a test is sent now, answered and journaled", async () => {
    const { id } = await webhook();
    expect(await testChannel(ctx, stage.ada, { id })).toMatchObject({ outcome: "delivered", status: 204 });
    expect(titles()).toEqual(["A test from Rollcall"]);
    expect(await only(id)).toMatchObject({ topic: "channel.test", state: "delivered" });
    expect(await find(ctx.db, "journal", { action: "channel.tested" })).toMatchObject({ actorName: "Ada" });
    const sent = await only(id);
    await replayDelivery(ctx, stage.ada, { id: sent.id });
    await sendDeliveries(ctx);
    const [first, second] = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(second).toBe(first);
  });

  test("the log is kept for ninety days, what waits for longer", async () => {
    await webhook();
    await happen(1);
    await beat();
    receiver.answer = (response) => void response.writeHead(500).end();
    await happen(2);
    await beat();
    ctx.pass(91 * day);
    await forgetDeliveries(ctx);
    expect(await findAll(ctx.db, "delivery")).toMatchObject([{ state: "waiting" }]);
  });

  test("only administrators manage channels", async () => {
    const { id } = await webhook();
    for (const person of [stage.mara, stage.rui, stage.otto]) {
      const refused = { code: "not_allowed" };
      const input = { name: "Mine", kind: "webhook", settings: { url: receiver.url } };
      await expect(saveChannel(ctx, person, input)).rejects.toMatchObject(refused);
      await expect(testChannel(ctx, person, { id })).rejects.toMatchObject(refused);
      await expect(rotateChannelSecret(ctx, person, { id })).rejects.toMatchObject(refused);
      await expect(removeChannel(ctx, person, { id })).rejects.toMatchObject(refused);
      await expect(replayFailed(ctx, person, { channelId: id })).rejects.toMatchObject(refused);
      await expect(replayDelivery(ctx, person, { id: "x" })).rejects.toMatchObject(refused);
    }
  });

  test("what cannot be used is refused beside its field, and nothing is overwritten unseen", async () => {
    const { id } = await webhook();
    const refusals: [Partial<ChannelInput>, object][] = [
      [{ name: "Hook" }, { code: "conflict" }],
      [{ name: "X", kind: "pigeon" }, { code: "invalid_input" }],
      [{ name: "X", settings: { url: "nowhere" } }, { fields: { "settings.url": expect.any(String) } }],
      [{ name: "X", teamId: "nobody" }, { fields: { teamId: expect.any(String) } }],
      [{ name: "X", topics: ["weather" as "key"] }, { code: "invalid_input" }],
      [{ id, revision: 7 }, { code: "stale" }],
      [{ id, kind: "slack" }, { code: "conflict" }],
    ];
    for (const [more, refusal] of refusals) await expect(webhook(more)).rejects.toMatchObject(refusal);
    await removeChannel(ctx, stage.ada, { id });
    await webhook();
    await expect(testChannel(ctx, stage.ada, { id })).rejects.toMatchObject({ code: "not_found" });
  });
});
