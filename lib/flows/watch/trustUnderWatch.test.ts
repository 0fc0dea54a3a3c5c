import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { inventedKey } from "../../../e2e/sandbox/inventedKey.ts";
import { startSandbox, type Sandbox } from "../../../e2e/sandbox/startSandbox.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { announceKey } from "#lib/flows/clients/announceKey.ts";
import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { refreshClient } from "./refreshClient.ts";
import { requireClient } from "#lib/flows/clients/requireClient.ts";
import { suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import {
  approved,
  digestOf,
  lookTwice,
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
import { uploadSnapshot } from "#lib/flows/clients/uploadSnapshot.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.control.reset());
afterAll(() => sandbox?.stop());

/** Its keys stand inside the document. */
const inline = "https://cobaltnotes.app/oauth/client-metadata.json";
const keySet = "https://tidewater.dev/oauth/jwks.json";
const elsewhere = "https://quartzrelay.com/oauth/exchange";
const [k1, k2] = [inventedKey("tidewater-2026-09"), inventedKey("tidewater-2026-11")];
const [k3, k4] = [inventedKey("tidewater-2027-01"), inventedKey("tidewater-2027-03")];

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

  const client = (id: string) => requireClient(ctx.db, id);
  const look = (id: string) => refreshClient(ctx, stage.mara, { id });
  const confirm = (id: string) => lookTwice(ctx, stage, id);
  const serve = async (members: Record<string, unknown>, url = quiet) => {
    const served = (await sandbox.control.documents()).find((each) => each.url === url);
    await sandbox.control.publish({ url, body: { ...(served?.body as object), ...members } });
  };
  const serveKeys = (...keys: object[]) => sandbox.control.publish({ url: keySet, body: { keys } });
  const allowed = async (clientId = quiet) => {
    await publish(ctx);
    const entry = await (await verifiedList(ctx, stage.audienceId)).entryOf(clientId);
    return entry?.status === "allow" ? entry : undefined;
  };
  const found = async (id: string) =>
    (await findAll(ctx.db, "finding", { clientRowId: id }))
      .toSorted((a, b) => a.number - b.number)
      .map(({ rule, severity, state }) => `${severity} ${rule} ${state}`);
  const requests = (id: string) => findAll(ctx.db, "request", { clientRowId: id, state: "open" });
  const announce = async (id: string, jkt: string) => {
    const announced = await announceKey(ctx, stage.mara, {
      id,
      key: jkt,
      expectedBy: new Date(ctx.clock() + 7 * day).toISOString().slice(0, 10),
    });
    await confirmAnnouncement(ctx, stage.rui, { announcementId: announced.id });
  };

  describe("keys", () => {
    test("that a stranger publishes with invented private members go on counting where they belong", async () => {
      const id = await approved(ctx, stage);
      const copycat = "https://copycat-agents.dev/client.json";
      const stolen = [k1, k2].map(({ publicJwk }) => ({ ...publicJwk, d: k3.privateJwk["d"] }));
      await sandbox.control.publish({
        url: copycat,
        body: {
          client_id: copycat,
          client_name: "Copycat",
          redirect_uris: ["https://copycat-agents.dev/callback"],
          token_endpoint_auth_method: "private_key_jwt",
          token_endpoint_auth_signing_alg: "ES256",
          jwks: { keys: stolen },
        },
      });
      await register(ctx, stage, copycat);
      expect((await findAll(ctx.db, "clientKey", { jkt: k1.jkt })).length).toBeGreaterThan(1);
      await look(id);
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt].sort());
      expect(await client(id)).toMatchObject({ lifecycle: "approved" });
    });

    test("a key that does not sign is in no list, also when it begins to sign", async () => {
      const id = await approved(ctx, stage);
      await serveKeys(k1.publicJwk, k2.publicJwk, { ...k3.publicJwk, use: "enc", alg: "ECDH-ES" });
      await confirm(id);
      // Nobody has to decide about it.
      expect(await requests(id)).toEqual([]);
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt].sort());
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await confirm(id);
      expect(await found(id)).toContain("high drift.key-weakened open");
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt].sort());
      const [request] = await requests(id);
      for (const person of [stage.rui, stage.sofia]) await vote(ctx, person, request?.number ?? 0);
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt, k3.jkt].sort());
    });

    test("a key that is published twice signs when one of the two does", async () => {
      const id = await approved(ctx, stage);
      const sealing = { ...k3.publicJwk, use: "enc", alg: "ECDH-ES" };
      await serveKeys(k1.publicJwk, k2.publicJwk, sealing);
      await confirm(id);
      await serveKeys(k1.publicJwk, k2.publicJwk, sealing, k3.publicJwk);
      await confirm(id);
      expect(await client(id)).toMatchObject({ sync: "held" });
      expect(await found(id)).toContain("high drift.key-weakened open");
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt].sort());
    });

    test("inside the document that went are news when they return", async () => {
      const id = await approved(ctx, stage, inline);
      const [own] =
        (await find(ctx.db, "snapshot", { id: (await client(id)).liveSnapshotId ?? "" }))?.keys ?? [];
      const jwk = own?.publicJwk ?? {};
      await serve({ jwks: { keys: [k3.publicJwk] } }, inline);
      await confirm(id);
      expect((await client(id)).approvedExcept).toMatchObject([{ value: own?.jkt, removed: true }]);
      await serve({ jwks: { keys: [jwk] } }, inline);
      await confirm(id);
      expect(await found(id)).toContain("high drift.key-returned open");
      expect(await client(id)).toMatchObject({ sync: "held" });
      expect(await requests(id)).toHaveLength(1);
    });

    test("that were announced count until the day that was said", async () => {
      const id = await approved(ctx, stage);
      await announce(id, k3.jkt);
      ctx.pass(300 * day);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await confirm(id);
      expect(await client(id)).toMatchObject({ sync: "held" });
      expect(await requests(id)).toHaveLength(1);
    });

    test("that came in time stay announced while something else is held", async () => {
      const id = await approved(ctx, stage);
      await announce(id, k3.jkt);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk, k4.publicJwk);
      await confirm(id);
      expect(await client(id)).toMatchObject({ sync: "held" });
      ctx.pass(20 * day);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await confirm(id);
      expect(await client(id)).toMatchObject({ sync: "in_sync" });
      expect(await requests(id)).toEqual([]);
    });

    test("that were announced carry nothing past people that a person should look at", async () => {
      const id = await approved(ctx, stage);
      await announce(id, k3.jkt);
      await serveKeys(k1.publicJwk, k2.publicJwk, k3.publicJwk);
      await serve({ default_acr_values: ["none"] });
      await confirm(id);
      const row = await client(id);
      expect(row.approvedSnapshotId).not.toBe(row.liveSnapshotId);
      for (let looks = 0; looks < 3; looks++) {
        ctx.pass(hour);
        await look(id);
      }
      expect(await found(id)).toEqual(["medium drift.member-added open"]);
    });

    test("of a set with two meanings are followed, too", async () => {
      const id = await approved(ctx, stage);
      const twice = (...keys: object[]) =>
        sandbox.control.publish({ url: keySet, raw: `{"x":1,"x":2,"keys":${JSON.stringify(keys)}}` });
      await twice(k1.publicJwk, k2.publicJwk);
      await confirm(id);
      expect((await allowed())?.jkts).toEqual([k1.jkt, k2.jkt].sort());
      await twice(k2.publicJwk);
      await confirm(id);
      expect((await allowed())?.jkts).toEqual([k2.jkt]);
    });
  });

  describe("callbacks on the person's own computer", () => {
    const local = "http://127.0.0.1:33418/";
    const localhost = "http://localhost:33418/";

    test("stay in the list on another port, whatever else is held beside it", async () => {
      await serve({ redirect_uris: [local], application_type: "native" });
      const id = await approved(ctx, stage);
      await serve({
        redirect_uris: ["http://127.0.0.1:4000/", elsewhere],
        application_type: "native",
        contacts: ["ops@tidewater.dev"],
      });
      await confirm(id);
      expect(await allowed()).toMatchObject({ redirect_uris: [{ uri: local, match: "loopback_any_port" }] });
      expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "held" });
    });

    test("that take a name for an address wait for people", async () => {
      await serve({ redirect_uris: [quietRedirect, local] });
      const id = await approved(ctx, stage);
      await serve({ redirect_uris: [quietRedirect, localhost] });
      await confirm(id);
      expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "held" });
      expect(await requests(id)).toHaveLength(1);
      expect((await allowed())?.redirect_uris).toMatchObject([{ uri: quietRedirect }]);
    });

    test("that take an address for a name need nobody, and wait with what does", async () => {
      await serve({ redirect_uris: [quietRedirect, localhost] });
      const id = await approved(ctx, stage);
      await serve({ redirect_uris: [quietRedirect, local] });
      await confirm(id);
      expect(await client(id)).toMatchObject({ sync: "in_sync" });
      expect((await allowed())?.redirect_uris).toMatchObject([{ uri: local }, { uri: quietRedirect }]);
      await serve({ redirect_uris: [quietRedirect, localhost] });
      await confirm(id);
      expect(await requests(id)).toHaveLength(1);
      await serve({ redirect_uris: [quietRedirect, "http://[::1]:33418/"], contacts: ["ops@tidewater.dev"] });
      await confirm(id);
      expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "held" });
      expect(await requests(id)).toHaveLength(1);
    });
  });

  describe("what is lost", () => {
    test("a scope that the document drops leaves the grants, and stays away", async () => {
      await serve({ scope: "tickets.read tickets.delete" });
      const { id, requestNumber } = await register(ctx, stage, quiet, ["tickets.read", "tickets.delete"]);
      await vote(ctx, stage.rui, requestNumber);
      expect((await allowed())?.grants).toMatchObject([{ scopes: ["tickets.delete", "tickets.read"] }]);
      await serve({ scope: "tickets.read" });
      await confirm(id);
      expect(await requests(id)).toEqual([]);
      expect((await allowed())?.grants).toMatchObject([{ scopes: ["tickets.read"] }]);
      await serve({ scope: "tickets.read", software_version: "2" });
      await confirm(id);
      expect((await allowed())?.grants).toMatchObject([{ scopes: ["tickets.read"] }]);
    });

    test("a scope that the document drops does not return with what people accept", async () => {
      await serve({ scope: "tickets.read tickets.delete" });
      const { id, requestNumber } = await register(ctx, stage, quiet, ["tickets.read", "tickets.delete"]);
      await vote(ctx, stage.rui, requestNumber);
      await serve({ scope: "tickets.read tickets.delete", redirect_uris: [quietRedirect, elsewhere] });
      await confirm(id);
      expect(await requests(id)).toMatchObject([
        { grants: [{ scopes: ["tickets.read", "tickets.delete"] }] },
      ]);
      await serve({ scope: "tickets.read" });
      await confirm(id);
      const [request] = await requests(id);
      expect(request?.grants).toEqual([{ resource: tickets, scopes: ["tickets.read"] }]);
      for (const person of [stage.rui, stage.sofia]) await vote(ctx, person, request?.number ?? 0);
      expect(await client(id)).toMatchObject({ lifecycle: "approved", sync: "in_sync" });
      expect((await allowed())?.grants).toMatchObject([{ scopes: ["tickets.read"] }]);
    });

    test("an approval does not put off the look that a difference waits for", async () => {
      const id = await approved(ctx, stage);
      await serve({ redirect_uris: [quietRedirect, elsewhere] });
      await confirm(id);
      const [request] = await requests(id);
      await vote(ctx, stage.rui, request?.number ?? 0);
      await serveKeys(k2.publicJwk);
      await look(id);
      const { lookAgainAt } = await client(id);
      expect(lookAgainAt).not.toBeNull();
      await vote(ctx, stage.sofia, request?.number ?? 0);
      expect(await client(id)).toMatchObject({ lifecycle: "approved", nextFetchAt: lookAgainAt });
    });
  });

  test.each<[string, object]>([
    ["a redirect", { redirect_uris: ["https://tidewater.dev/\0x"] }],
    ["a member's name", { "x\0y": true, redirect_uris: [] }],
    ["a language tag", { "client_name#\0": "Tidewater", redirect_uris: [] }],
  ])("NUL in %s does not keep a loss from acting", async (_, members) => {
    const id = await approved(ctx, stage);
    expect(await allowed()).toBeDefined();
    await serve({ ...members });
    await confirm(id);
    expect(await found(id)).not.toEqual([]);
    expect(await allowed()).toBeUndefined();
  });

  test("an uploaded copy changes no judgement of what was read before anybody vouches for it", async () => {
    await serveKeys(k1.privateJwk, k2.publicJwk);
    const { id } = await register(ctx, stage);
    const live = async () => find(ctx.db, "snapshot", { id: (await client(id)).liveSnapshotId ?? "" });
    const before = await live();
    expect(before?.errors).toBeGreaterThan(0);
    await sandbox.control.break(quiet, { kind: "challenge" });
    await look(id);
    const served = (await sandbox.control.documents()).find((each) => each.url === quiet);
    const { snapshot } = await uploadSnapshot(ctx, stage.mara, {
      id,
      document: JSON.stringify(served?.body),
      keySet: JSON.stringify({ keys: [k1.publicJwk, k2.publicJwk] }),
      note: "Downloaded in a browser from the vendor's page.",
    });
    expect(snapshot).toBe(1);
    expect(await live()).toEqual(before);
  });

  test("what people turned down is put to them again when it is something else", async () => {
    const id = await approved(ctx, stage);
    await serve({ client_name: "Tidewater Two" });
    await confirm(id);
    const [request] = await requests(id);
    await vote(ctx, stage.rui, request?.number ?? 0, "deny");
    expect(await found(id)).toEqual(["high drift.client-name-changed dismissed"]);
    await suspendClient(ctx, stage.rui, { id, reason: "Something else is wrong with it." });
    await serve({ client_name: "Tidewater Three" });
    await confirm(id);
    expect(await found(id)).toEqual(["high drift.client-name-changed open"]);
  });

  test("the name of another approved client is borrowed in any language", async () => {
    const other = "https://cobaltnotes.app/oauth/client-metadata.json";
    const { requestNumber } = await register(ctx, stage, other);
    for (const person of [stage.rui, stage.sofia])
      await vote(ctx, person, requestNumber).catch(() => undefined);
    const borrowed = (await findAll(ctx.db, "client", { clientId: other }))[0];
    expect(borrowed?.lifecycle).toBe("approved");
    const id = await approved(ctx, stage);
    await serve({ "client_name#de": borrowed?.name });
    await confirm(id);
    expect(await found(id)).toEqual(["critical drift.client-name-changed open"]);
  });

  test("a document full of callbacks is a few findings", async () => {
    const id = await approved(ctx, stage);
    const many = Array.from({ length: 200 }, (_, index) => `https://q${index}.co/`);
    await serve({ redirect_uris: [quietRedirect, ...many] });
    await confirm(id);
    expect((await found(id)).length).toBeLessThanOrEqual(30);
    expect((await requests(id)).length).toBe(1);
    ctx.pass(minute);
    await look(id);
    expect((await found(id)).every((each) => each.endsWith("open"))).toBe(true);
  });

  test("lifting a suspension leaves out what was left out, and asks about a key that returned", async () => {
    const id = await approved(ctx, stage);
    await serveKeys(k2.publicJwk);
    await confirm(id);
    await serveKeys(k1.publicJwk, k2.publicJwk);
    await confirm(id);
    await suspendClient(ctx, stage.rui, { id, reason: "Something is wrong with it." });
    const { number } = await openRequest(ctx, stage.mara, {
      id,
      kind: "unsuspend",
      grants: [{ resource: tickets, scopes: ["tickets.read"] }],
      reason: "The vendor explained the rotation.",
    });
    const digest = await digestOf(ctx, number);
    const leaveOut = {
      number,
      verdict: "approve",
      reason: "Compared with their announcement.",
      digest,
    } as const;
    for (const person of [stage.rui, stage.sofia]) {
      const { state } = await castVote(ctx, person, {
        ...leaveOut,
        excluded: [{ member: "keys", value: k1.jkt }],
      });
      if (state === "approved") break;
    }
    expect((await allowed())?.jkts).toEqual([k2.jkt]);
  });
});
