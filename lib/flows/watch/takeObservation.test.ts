import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inventedKey } from "../../../e2e/sandbox/inventedKey.ts";
import type { Fault } from "../../../e2e/sandbox/SandboxDocument.ts";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll, insert, update } from "#lib/db/rows.ts";
import { expireRequests } from "#lib/flows/review/expireRequests.ts";
import { rejudge } from "./judgeDocument.ts";
import { refreshClient } from "./refreshClient.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  lookTwice,
  publish,
  quiet,
  quietRedirect,
  register,
  setStage,
  vote,
  type Stage,
} from "#lib/flows/testing/stage.ts";
import { verifiedList } from "#lib/flows/testing/verifiedList.ts";
import { updateUnlessDecided } from "#lib/flows/clients/updateUnlessDecided.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

/** No key set of its own, two redirects. */
const open2 = "https://harborlight.app/.well-known/oauth-client";
const keySet = "https://tidewater.dev/oauth/jwks.json";
const other = "https://tidewater.dev/oauth/other";
const elsewhere = "https://quartzrelay.com/oauth/exchange";
/** The two keys that `quiet` has to begin with, and those that come later. */
const [k1, k2] = [inventedKey("tidewater-2026-09"), inventedKey("tidewater-2026-11")];
const [k3, k4] = [inventedKey("tidewater-2027-01"), inventedKey("tidewater-2027-03")];

eachDatabase((open) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let stage: Stage;
  let id: string;
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db, { sandbox });
    stage = await setStage(ctx);
    id = await approved(ctx, stage);
    await publish(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const client = (row = id) => requireClient(ctx.db, row);
  const look = (row = id) => refreshClient(ctx, stage.mara, { id: row });
  const confirm = (row = id) => lookTwice(ctx, stage, row);
  const serve = async (members: Record<string, unknown>, url = quiet) => {
    const served = (await sandbox.control.documents()).find((each) => each.url === url);
    await sandbox.control.publish({ url, body: { ...(served?.body as object), ...members } });
  };
  const serveKeys = (...keys: object[]) => sandbox.control.publish({ url: keySet, body: { keys } });
  const entry = async (clientId = quiet) => {
    await publish(ctx);
    return (await verifiedList(ctx, stage.audienceId)).entryOf(clientId);
  };
  const findings = async (row = id) =>
    (await findAll(ctx.db, "finding", { clientRowId: row })).toSorted((a, b) => a.number - b.number);
  const found = async (row = id) =>
    (await findings(row)).map(({ rule, severity, state }) => `${severity} ${rule} ${state}`);
  const requests = () => findAll(ctx.db, "request", { clientRowId: id, state: "open" });
  const journal = async (action: string) => findAll(ctx.db, "journal", { action });
  const keyRow = (jkt: string) => find(ctx.db, "clientKey", { clientRowId: id, jkt });
  const changes = async () =>
    (await findAll(ctx.db, "change", { clientRowId: id })).toSorted((a, b) => a.at - b.at);

  describe("a first difference", () => {
    test("is only remembered, and looked at again soon", async () => {
      const before = await client();
      await serve({ redirect_uris: [quietRedirect, elsewhere] });
      expect(await look()).toMatchObject({ outcome: "ok", changed: false });
      const row = await client();
      expect(row).toMatchObject({
        liveSnapshotId: before.liveSnapshotId,
        sync: "in_sync",
        unconfirmedTurns: 1,
      });
      expect(row.lookAgainAt).toBe(row.nextFetchAt);
      expect((row.lookAgainAt ?? 0) - ctx.clock()).toBeGreaterThanOrEqual(30_000);
      expect((row.lookAgainAt ?? 0) - ctx.clock()).toBeLessThanOrEqual(2 * minute);
      expect(await findAll(ctx.db, "snapshot", { clientRowId: id })).toHaveLength(1);
      expect(await found()).toEqual([]);

      ctx.pass(2 * minute);
      expect(await look()).toMatchObject({ changed: true });
      expect(await client()).toMatchObject({ sync: "held", unconfirmedDigest: null, lookAgainAt: null });
    });

    test("that does not last is forgotten", async () => {
      await serve({ redirect_uris: [quietRedirect, elsewhere] });
      await look();
      await serve({ redirect_uris: [quietRedirect] });
      ctx.pass(2 * minute);
      expect(await look()).toMatchObject({ changed: false });
      expect(await client()).toMatchObject({ unconfirmedDigest: null, lookAgainAt: null, sync: "in_sync" });
      expect(await found()).toEqual([]);
    });

    test("outlives a failed fetch", async () => {
      await serve({ redirect_uris: [quietRedirect, elsewhere] });
      await look();
      await sandbox.control.break(quiet, { kind: "status", status: 503 });
      ctx.pass(2 * minute);
      await look();
      expect((await client()).unconfirmedDigest).not.toBeNull();
      await sandbox.control.mend(quiet);
      ctx.pass(2 * minute);
      expect(await look()).toMatchObject({ changed: true });
    });

    test("counts at once for a client that is not in use", async () => {
      const { id: pending } = await register(ctx, stage, open2);
      await serve({ client_name: "Harborlight Two" }, open2);
      expect(await look(pending)).toMatchObject({ changed: true });
      expect(await found(pending)).toEqual([]);
    });
  });

  describe("a change that counts", () => {
    test("is recorded, opens a finding, waits behind a request, and is settled by an approval", async () => {
      await serve({ redirect_uris: [quietRedirect, elsewhere] });
      await confirm();
      expect(await changes()).toMatchObject([
        {
          severity: "critical",
          changes: [{ rule: "drift.redirect-added-new-site", effect: "growth", after: [elsewhere] }],
        },
      ]);
      expect(await findings()).toMatchObject([
        { rule: "drift.redirect-added-new-site", severity: "critical", state: "open", value: elsewhere },
      ]);
      const [request] = await requests();
      expect(request).toMatchObject({ kind: "change", requestedBy: null });
      expect(request?.reason).toContain(elsewhere);
      expect((await entry())?.redirect_uris).toHaveLength(1);

      await vote(ctx, stage.rui, request?.number ?? 0);
      await vote(ctx, stage.sofia, request?.number ?? 0);
      await ctx.db.transaction(async (tx) => rejudge(ctx, tx, await requireClient(tx, id)));
      await ctx.db.transaction(async (tx) => rejudge(ctx, tx, await requireClient(tx, id)));
      expect(await found()).toEqual(["critical drift.redirect-added-new-site resolved"]);
      expect((await entry())?.redirect_uris).toHaveLength(2);
    });

    test("that loses something acts at once, and says where it may be missed", async () => {
      const harbor = await approved(ctx, stage, open2);
      await publish(ctx);
      await serve({ redirect_uris: ["https://harborlight.app/auth/popup"] }, open2);
      await confirm(harbor);
      expect(await findings(harbor)).toMatchObject([
        {
          rule: "drift.redirect-removed",
          severity: "medium",
          message: expect.stringContaining("It may be missed at Production.") as string,
        },
      ]);
      expect((await entry(open2))?.redirect_uris).toHaveLength(1);
      expect(await findAll(ctx.db, "request", { clientRowId: harbor, state: "open" })).toEqual([]);
    });

    test("that is harmless is accepted by rule and quiet", async () => {
      const before = await client();
      await serve({ software_version: "9.9.1" });
      await confirm();
      const row = await client();
      expect(row.approvedSnapshotId).toBe(row.liveSnapshotId);
      expect(row).toMatchObject({
        sync: "in_sync",
        approvedAt: before.approvedAt,
        validUntil: before.validUntil,
      });
      expect(row.approvedSnapshotId).not.toBe(before.approvedSnapshotId);
      expect(await journal("client.change_accepted")).toHaveLength(1);
      expect(await changes()).toMatchObject([{ severity: "info" }]);
      expect(await found()).toEqual([]);
      expect(await requests()).toEqual([]);
    });

    test("in spelling only is no news at all", async () => {
      const served = (await sandbox.control.documents()).find((each) => each.url === quiet);
      const members = Object.fromEntries(Object.entries(served?.body as object).reverse());
      await sandbox.control.publish({ url: quiet, raw: JSON.stringify(members, null, 3) });
      expect(await look()).toMatchObject({ changed: false });
      expect(await client()).toMatchObject({ unconfirmedDigest: null });
      expect(await changes()).toEqual([]);
    });

    test("that was denied is not asked for again while it is what is served", async () => {
      await serve({ redirect_uris: [quietRedirect, other] });
      await confirm();
      const [request] = await requests();
      await vote(ctx, stage.rui, request?.number ?? 0, "deny");
      await serve({ redirect_uris: [quietRedirect] });
      await confirm();
      await serve({ redirect_uris: [quietRedirect, other] });
      await confirm();
      expect(await client()).toMatchObject({ sync: "held" });
      expect(await requests()).toEqual([]);
      // Another document with it is another question.
      await serve({ redirect_uris: [quietRedirect, other, elsewhere] });
      await confirm();
      expect(await requests()).toHaveLength(1);
    });

    test("whose request ran out is not asked for again while it is what is served", async () => {
      await serve({ redirect_uris: [quietRedirect, other] });
      await confirm();
      ctx.pass(15 * day);
      await expireRequests(ctx);
      await ctx.db.transaction((tx) => update(tx, "client", { id }, { unsettled: true }));
      await look();
      expect(await requests()).toEqual([]);
      expect(await found()).toEqual(["medium drift.redirect-added-same-host open"]);
    });

    test("beside what people left out asks for the new part only", async () => {
      await serve({ redirect_uris: [quietRedirect, other] });
      await confirm();
      const live = (await client()).liveSnapshotId;
      const approvedExcept = [{ member: "redirect_uris" as const, value: other }];
      const [request] = await requests();
      await ctx.db.transaction(async (tx) => {
        await update(tx, "request", { id: request?.id ?? "" }, { state: "approved" });
        await update(tx, "client", { id }, { approvedSnapshotId: live, approvedExcept });
      });
      expect((await entry())?.redirect_uris).toEqual([{ uri: quietRedirect, match: "exact" }]);
      await serve({ software_version: "9.9.2" });
      await confirm();
      expect(await requests()).toEqual([]);
      expect(await client()).toMatchObject({ sync: "held", approvedExcept });
      await serve({ redirect_uris: [quietRedirect, other, elsewhere] });
      await confirm();
      expect((await requests())[0]?.reason).toContain(elsewhere);
      expect((await entry())?.redirect_uris).toEqual([{ uri: quietRedirect, match: "exact" }]);
    });
  });

  describe("keys", () => {
    test("are followed from the first snapshot on", async () => {
      expect(await keyRow(k1.jkt)).toMatchObject({
        kid: "tidewater-2026-09",
        kind: "EC P-256",
        removedAt: null,
      });
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await confirm();
      expect(await keyRow(k3.jkt)).toMatchObject({ firstSeenAt: ctx.clock(), removedAt: null });
      expect(await client()).toMatchObject({ sync: "held" });
      expect(await requests()).toHaveLength(1);
      // One more key is no finding: it waits, and that is all.
      expect(await found()).toEqual([]);
    });

    test("that were announced need nobody", async () => {
      await announce(k3.jkt);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await confirm();
      const row = await client();
      expect(row).toMatchObject({ sync: "in_sync", approvedSnapshotId: row.liveSnapshotId });
      expect(await requests()).toEqual([]);
      expect(await found()).toEqual([]);
      expect((await findAll(ctx.db, "announcement", {}))[0]?.matchedAt).toBe(ctx.clock());
      expect((await entry())?.jkts).toEqual([k1.jkt, k2.jkt, k3.jkt].sort());
      const [line] = await journal("client.change_accepted");
      expect(line?.bytes).toContain("announced keys");
    });

    test("that were announced wait when something else grew beside them", async () => {
      await announce(k3.jkt);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk, k4.publicJwk);
      await confirm();
      expect(await client()).toMatchObject({ sync: "held" });
      expect((await findAll(ctx.db, "announcement", {}))[0]?.matchedAt).toBe(ctx.clock());
    });

    test("that are taken away in time are gone quietly, and news when they return", async () => {
      ctx.pass(10 * day);
      await look();
      await serveKeys(k2.publicJwk);
      await confirm();
      expect(await found()).toEqual([]);
      expect(await keyRow(k1.jkt)).toMatchObject({ removedAt: ctx.clock(), wantedOverlap: 7 * day });
      expect((await entry())?.jkts).toEqual([k2.jkt]);
      await serveKeys(k1.publicJwk, k2.publicJwk);
      await confirm();
      expect(await found()).toEqual(["high drift.key-returned open"]);
      expect(await keyRow(k1.jkt)).toMatchObject({ removedAt: null, returnedAt: ctx.clock() });
      expect((await entry())?.jkts).toEqual([k2.jkt]);
      expect(await requests()).toHaveLength(1);
    });

    test("that are taken away too early are a finding, and none of the approved ones comes back unasked", async () => {
      await serveKeys(k1.publicJwk, k3.publicJwk);
      await confirm();
      ctx.pass(6 * hour);
      await serveKeys(k3.publicJwk);
      await confirm();
      expect(await found()).toContain("high drift.key-removed-early open");
      await serveKeys(k1.publicJwk, k2.publicJwk);
      await confirm();
      expect(await found()).toContain("high drift.key-returned open");
      const list = await entry();
      expect(list?.status === "allow" ? list.jkts : []).toEqual([]);
    });

    test("whose private half was seen never count again", async () => {
      await serveKeys(k1.privateJwk, k2.publicJwk);
      await look();
      expect(await client()).toMatchObject({ lifecycle: "suspended" });
      expect((await client()).lifecycleReason).toContain("A private key of it was published.");
      expect(await found()).toEqual(["critical drift.key-private-published open"]);
      expect(await keyRow(k1.jkt)).toMatchObject({ leakedAt: ctx.clock() });
      // It counts towards no digest, and is recorded all the same, once.
      await look();
      expect(await changes()).toMatchObject([
        { severity: "critical", afterId: (await client()).liveSnapshotId },
      ]);
      // Even when people let the client in again with the same keys.
      await serveKeys(k1.publicJwk, k2.publicJwk);
      await look();
      await ctx.db.transaction((tx) => update(tx, "client", { id }, { lifecycle: "approved" }));
      expect((await entry())?.jkts).toEqual([k2.jkt]);
    });

    test("of another client are told by the rules, and by the checks of what was read", async () => {
      const harbor = await approved(ctx, stage, open2);
      await serve({ jwks: { keys: [k1.publicJwk] }, token_endpoint_auth_method: "private_key_jwt" }, open2);
      await confirm(harbor);
      expect(await found(harbor)).toContain("high drift.key-shared open");
      const live = await find(ctx.db, "snapshot", { id: (await client(harbor)).liveSnapshotId ?? "" });
      // One team answers for both, so it is no error.
      expect(live?.results).toContainEqual(
        expect.objectContaining({ rule: "key.shared", severity: "warning" }),
      );
    });

    test("that went too early say by how much", async () => {
      ctx.pass(10 * hour);
      await look();
      await serveKeys(k2.publicJwk);
      await confirm();
      const row = await keyRow(k1.jkt);
      expect(row).toMatchObject({ removedAt: ctx.clock(), wantedOverlap: 7 * day });
      expect(row?.overlap).toBeGreaterThanOrEqual(10 * hour);
      expect(await found()).toEqual(["high drift.key-removed-early open"]);
    });

    const announce = async (jkt: string) =>
      ctx.db.transaction((tx) =>
        insert(tx, "announcement", {
          id: ctx.newId(),
          clientRowId: id,
          jkt,
          note: "Yearly rotation.",
          announcedBy: stage.mara.id,
          confirmedBy: stage.rui.id,
          expectedBy: ctx.clock() + 7 * day,
          at: ctx.clock(),
        }),
      );
  });

  describe("suspends by rule", () => {
    test.each<[string, () => Promise<unknown>, string, boolean]>([
      [
        "another client_id, at once",
        () => serve({ client_id: `${quiet}?other` }),
        "drift.client-id-mismatch",
        true,
      ],
      ["a secret", () => serve({ client_secret: "s3cret" }), "drift.secret-published", false],
      [
        "no proof any more",
        () =>
          serve({
            token_endpoint_auth_method: "none",
            jwks_uri: undefined,
            token_endpoint_auth_signing_alg: undefined,
            token_endpoint_auth_methods_supported: undefined,
          }),
        "drift.auth-downgraded",
        false,
      ],
      [
        "another key under the same name",
        () => serveKeys({ ...k3.publicJwk, kid: k1.publicJwk["kid"] }, k2.publicJwk),
        "drift.key-same-kid-replaced",
        false,
      ],
    ])("%s", async (_, happen, rule, atOnce) => {
      await happen();
      await look();
      if (!atOnce) {
        expect(await client()).toMatchObject({ lifecycle: "approved" });
        ctx.pass(2 * minute);
        await look();
      }
      expect(await client()).toMatchObject({ lifecycle: "suspended" });
      expect(await found()).toContainEqual(`critical ${rule} open`);
      expect(await entry()).toMatchObject({ status: "deny" });
      expect(await requests()).toEqual([]);
      // Once: what stands suspends nobody twice.
      ctx.pass(hour);
      await look();
      expect(await journal("client.suspended")).toHaveLength(1);
      expect(JSON.stringify(await findAll(ctx.db, "change"))).not.toContain("s3cret");
    });
  });

  describe("when it cannot be read", () => {
    const fail = (fault: Fault, url = quiet) => sandbox.control.break(url, fault);
    const tries = async (count: number, step: number) => {
      for (let each = 0; each < count; each++) {
        await look();
        ctx.pass(step);
      }
    };

    test("one failure is no news, three are, and it is over when it is over twice", async () => {
      await fail({ kind: "status", status: 503 });
      await tries(2, 16 * minute);
      expect(await found()).toEqual([]);
      await tries(1, 16 * minute);
      expect(await found()).toEqual(["medium reach.unreachable open"]);
      const [outage] = await findAll(ctx.db, "outage", { clientRowId: id });
      expect(outage).toMatchObject({ kind: "unreachable", endedAt: null });
      expect(ctx.clock() - (outage?.startedAt ?? 0)).toBe(48 * minute);
      ctx.pass(day);
      await tries(1, minute);
      expect(await found()).toEqual(["high reach.unreachable open"]);
      await sandbox.control.mend(quiet);
      await tries(1, hour);
      expect(await client()).toMatchObject({ sync: "in_sync", unsettled: true });
      expect((await findAll(ctx.db, "outage"))[0]?.endedAt).not.toBeNull();
      await tries(1, hour);
      expect(await found()).toEqual(["high reach.unreachable resolved"]);
      expect(await client()).toMatchObject({ unsettled: null });
    });

    test("a challenge shows at once, and more so after a week", async () => {
      await fail({ kind: "challenge" });
      await look();
      expect(await found()).toEqual(["low reach.challenged open"]);
      ctx.pass(7 * day);
      await look();
      expect(await found()).toEqual(["medium reach.challenged open"]);
      expect(await findAll(ctx.db, "outage")).toHaveLength(1);
    });

    test("404 for a day suspends, and not a failure of another kind before", async () => {
      await fail({ kind: "status", status: 503 });
      await tries(8, 6 * hour);
      await fail({ kind: "status", status: 404 });
      await tries(1, 5 * minute);
      expect((await found()).at(-1)).toBe("high reach.unreachable open");
      await tries(3, 6 * hour);
      expect(await found()).toContain("high reach.gone open");
      expect(await client()).toMatchObject({ sync: "gone", lifecycle: "approved" });
      await tries(3, 6 * hour);
      expect(await client()).toMatchObject({ lifecycle: "suspended" });
      expect(await found()).toContain("critical reach.gone open");
      expect(await entry()).toMatchObject({ status: "deny" });
      expect((await findAll(ctx.db, "outage")).map(({ kind }) => kind)).toEqual(["unreachable", "gone"]);
    });

    test.each<[string, () => Promise<unknown>, string]>([
      ["redirects", () => fail({ kind: "redirect", location: "https://evil.example/" }), "reach.moved"],
      [
        "sends too much",
        () => sandbox.control.publish({ url: quiet, raw: `{"x":"${"x".repeat(20_000)}"}` }),
        "reach.unreadable",
      ],
      [
        "sends a page",
        () => sandbox.control.publish({ url: quiet, raw: "<html></html>" }),
        "reach.unreadable",
      ],
    ])("a host that %s is news the second time", async (_, happen, rule) => {
      await happen();
      await look();
      expect(await found()).toEqual([]);
      ctx.pass(5 * minute);
      await look();
      expect(await found()).toEqual([`high ${rule} open`]);
      expect(await client()).toMatchObject({ lifecycle: "approved" });
    });

    test("a document with two meanings is none", async () => {
      await sandbox.control.publish({ url: quiet, raw: `{"client_id":"${quiet}","client_id":"x"}` });
      await look();
      ctx.pass(5 * minute);
      await look();
      expect(await findings()).toMatchObject([{ rule: "reach.unreadable", severity: "high" }]);
      expect(await client()).toMatchObject({ sync: "in_sync", lifecycle: "approved" });
    });

    test("a key set is told apart from the document", async () => {
      await fail({ kind: "status", status: 500 }, keySet);
      await tries(3, 16 * minute);
      expect(await found()).toEqual(["medium reach.key-set-unreachable open"]);
      await tries(2, 16 * minute);
      expect(await findAll(ctx.db, "outage")).toMatchObject([{ kind: "unreachable", endedAt: null }]);
      await sandbox.control.mend(keySet);
      await tries(2, hour);
      expect(await found()).toEqual(["medium reach.key-set-unreachable resolved"]);
    });
  });

  test("a document that changes to and fro is frozen, told once, and thaws", async () => {
    const turn = async (index: number) => {
      await serve({ contacts: [index % 2 === 0 ? "b@tidewater.dev" : "a@tidewater.dev"] });
      await confirm();
      ctx.pass(3 * hour);
    };
    await serve({ contacts: ["a@tidewater.dev"] });
    await confirm();
    for (let index = 0; index < 6; index++) await turn(index);
    const flaps = async () => (await found()).filter((each) => each.includes("reach."));
    expect(await flaps()).toEqual(["high reach.flapping open"]);
    const frozen = await client();
    expect(frozen).toMatchObject({ lifecycle: "approved", unsettled: true });
    const recorded = (await changes()).length;
    expect(recorded).toBeLessThan(6);
    await turn(6);
    await turn(7);
    expect((await changes()).length).toBe(recorded);
    expect((await client()).liveSnapshotId).toBe(frozen.liveSnapshotId);

    ctx.pass(25 * hour);
    await confirm();
    ctx.pass(hour);
    await look();
    ctx.pass(hour);
    await look();
    expect(await flaps()).toEqual(["high reach.flapping resolved"]);
    expect(await client()).toMatchObject({ sync: "in_sync", unsettled: null });
  });

  test("another network with another issuer stands until people have put it aside", async () => {
    await look();
    const { certificate, certificateIssuer } = await client();
    expect(certificate).toMatch(/^[0-9a-f]{64}$/);
    const known = { address: "198.51.100.7", certificate, certificateIssuer: "CN=Another" };
    await ctx.db.transaction((tx) => update(tx, "client", { id }, known));
    await look();
    await look();
    expect(await found()).toEqual(["high reach.certificate-issuer-changed open"]);
    expect(await client()).toMatchObject(known);
    await ctx.db.transaction((tx) => update(tx, "finding", { clientRowId: id }, { state: "dismissed" }));
    await look();
    expect(await client()).toMatchObject({ certificate, certificateIssuer });
    await look();
    await look();
    expect(await found()).toEqual(["high reach.certificate-issuer-changed resolved"]);
  });

  test("a look gives way to a decision that was taken meanwhile", async () => {
    const before = await client();
    await suspendClient(ctx, stage.rui, { id, reason: "Their host stands open." });
    await expect(
      ctx.db.transaction((tx) => updateUnlessDecided(tx, before, { sync: "held" })),
    ).rejects.toMatchObject({ code: "conflict" });
    expect(await client()).toMatchObject({ sync: "in_sync", lifecycle: "suspended" });
  });
});
