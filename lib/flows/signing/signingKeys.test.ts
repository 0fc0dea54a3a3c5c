import { createServer, type Server } from "node:http";
import { createHash, generateKeyPairSync } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "#lib/core/Actor.ts";
import { day, minute, second } from "#lib/core/Instant.ts";
import type { KeySetInput } from "#lib/core/rootKeySet/composeKeySet.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { find, findAll, update } from "#lib/db/rows.ts";
import { eachDatabase, type TestDatabase } from "#lib/db/testing/eachDatabase.ts";
import { derOf, rawOf, signDigest } from "#lib/keys/testing/signDigest.ts";
import { openRootTools } from "#lib/context.ts";
import { keySetProposal } from "#lib/views/signing/keySetProposal.ts";
import { signingKeys } from "#lib/views/signing/signingKeys.ts";
import { keySetStatus } from "#lib/views/signing/keySetStatus.ts";
import { releaseBoard } from "#lib/views/releases/releaseBoard.ts";
import { adoptExternalKey } from "./adoptExternalKey.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { publishKeySet } from "./publishKeySet.ts";
import { recordReport } from "#lib/flows/servers/recordReport.ts";
import { revokeSigningKey } from "./revokeSigningKey.ts";
import { scheduleRelease } from "#lib/flows/releases/scheduleRelease.ts";
import { addPerson } from "#lib/flows/testing/stage.ts";
import { openTestContext, type TestContext } from "#lib/flows/testing/openTestContext.ts";
import { rotateSigningKey, turnSigningKeys } from "./turnSigningKeys.ts";

const passphrase = "correct horse battery staple";
const tools = openRootTools();
const { publicJwk: root, sealed } = await tools.create(passphrase);
const signer = await tools.open(sealed, passphrase);
const stranger = await tools.create(passphrase);
const strange = await tools.open(stranger.sealed, passphrase);
const reason = "The laptop with the key was stolen.";

eachDatabase((open, dialect) => {
  let home: TestDatabase;
  let ctx: TestContext;
  let audienceId = "";
  beforeEach(async () => {
    home = await open();
    ctx = await openTestContext(home.db);
    await turnSigningKeys(ctx);
    ({ id: audienceId } = await createAudience(ctx, systemActor, { slug: "prod", name: "Production" }));
    await publishDueReleases(ctx);
  });
  afterEach(async () => {
    await ctx.close();
    await home.drop();
  });

  const stateOf = async (kid: string) => (await find(ctx.db, "signingKey", { kid }))?.state;
  const activeKid = async () => (await find(ctx.db, "signingKey", { state: "active" }))?.kid ?? "";
  const served = async () => (await releaseBoard(ctx.db)).keys.map((key) => key["kid"]);
  const head = async () => {
    await publishDueReleases(ctx);
    return latestHead(ctx.db, audienceId);
  };
  const propose = (more: Partial<KeySetInput> = {}) =>
    keySetProposal(ctx.db, ctx.clock(), { iss: ctx.config.baseUrl, lifetime: 180 * day, ...more });
  async function signed(more: Partial<KeySetInput> = {}, by = signer): Promise<string> {
    const composed = await propose(more);
    if (!composed.ok) throw new Error(composed.faults.join(" "));
    return tools.sign(by, composed.claims);
  }
  const publish = async (more: Partial<KeySetInput> = {}) =>
    publishKeySet(ctx, systemActor, { jws: await signed(more) });
  const addRoots = [root];

  describe("key sets", () => {
    test("the first is stored as it is and names the key that signs; every list says so at once", async () => {
      const jws = await signed({ addRoots });
      const done = await publishKeySet(ctx, systemActor, { jws: `${jws}\n` });
      expect(done).toMatchObject({ version: 1, epoch: 1, signedBy: root.kid, revoked: [] });
      expect(done.sentence).toContain(`#root=${root.kid}`);
      expect(await find(ctx.db, "keySet", { version: 1 })).toMatchObject({ jws, roots: [root.kid] });
      expect(await find(ctx.db, "due", { key: `publish:${audienceId}` })).toMatchObject({ at: ctx.clock() });
      expect(await keySetStatus(ctx.db, ctx.clock())).toMatchObject({
        version: 1,
        reasons: [],
        urgent: false,
      });
    });

    test("nothing is published by a key that was revoked while it signed", async () => {
      const { keys } = ctx;
      const kid = await activeKid();
      let isRevoked = false;
      const meanwhile = {
        ...ctx,
        keys: {
          ...keys,
          sign: async (...asked: Parameters<typeof keys.sign>) => {
            const jws = await keys.sign(...asked);
            if (!isRevoked) await revokeSigningKey(ctx, systemActor, { kid, reason: "Copied." });
            isRevoked = true;
            return jws;
          },
        },
      };
      const before = await findAll(ctx.db, "head", { kid });
      await ctx.db.transaction((tx) => scheduleRelease(ctx, tx, "test", 0));
      await publishDueReleases(meanwhile);
      expect(await findAll(ctx.db, "head", { kid })).toEqual(before);
      expect(await head()).toMatchObject({ kid: await activeKid(), epoch: 2 });
    });

    test("the first begins in the epoch of the lists, or in the one after", async () => {
      await ctx.db.transaction((tx) => update(tx, "audience", { id: audienceId }, { epoch: 3 }));
      const first = await propose({ addRoots });
      if (!first.ok) throw new Error();
      for (const epoch of [1, 9]) {
        const jws = await tools.sign(signer, { ...first.claims, epoch });
        await expect(publishKeySet(ctx, systemActor, { jws })).rejects.toThrow(/lists are in epoch 3/);
      }
      expect(await publish({ addRoots })).toMatchObject({ epoch: 3 });
    });

    test("is refused when it does not follow on the one before, and nothing changes", async () => {
      const first = await signed({ addRoots });
      await publishKeySet(ctx, systemActor, { jws: first });
      const next = await propose();
      if (!next.ok) throw new Error();
      const { claims } = next;
      const faulty = [
        [first, /published already/],
        [await tools.sign(strange, claims), /not a root of the key set before/],
        [await tools.sign(signer, { ...claims, version: 4 }), /version 2 is next/],
        [await tools.sign(signer, { ...claims, epoch: 9 }), /epoch is 9/],
        [await tools.sign(signer, { ...claims, exp: claims.iat - 1 }), /ran out/],
        [await tools.sign(signer, { ...claims, iss: "https://evil.example" }), /issued for/],
        [await tools.sign(signer, { ...claims, keys: [] }), /no signing key/],
        [
          await tools.sign(signer, { ...claims, keys: [{ ...stranger.publicJwk, state: "active" }] }),
          /not known here/,
        ],
        ["nonsense", /not a compact JWS/],
      ] as const;
      for (const [jws, words] of faulty)
        await expect(publishKeySet(ctx, systemActor, { jws })).rejects.toThrow(words);
      expect(await findAll(ctx.db, "keySet")).toHaveLength(1);
    });

    test("a root can be replaced, and the old one then signs nothing more", async () => {
      await publish({ addRoots });
      await publish({ addRoots: [stranger.publicJwk], removeRoots: [root.kid] });
      await expect(publish()).rejects.toThrow(/not a root/);
      const jws = await signed({}, strange);
      expect(await publishKeySet(ctx, systemActor, { jws })).toMatchObject({ version: 3 });
    });

    test("a new audience begins in the epoch of the newest", async () => {
      await publish({ addRoots });
      await publish({ newEpoch: true });
      const { id } = await createAudience(ctx, systemActor, { slug: "eu", name: "Europe" });
      expect(await find(ctx.db, "audience", { id })).toMatchObject({ epoch: 2 });
      expect(await head()).toMatchObject({ epoch: 2 });
    });

    test("only administrators publish one", async () => {
      const otto = await addPerson(ctx, "Otto", "auditor", []);
      const jws = await signed({ addRoots });
      await expect(publishKeySet(ctx, otto, { jws })).rejects.toThrow(/auditor/);
    });
  });

  describe("a next key", () => {
    test("waits until a key set names it, and then for as long as servers need", async () => {
      await publish({ addRoots });
      const first = await activeKid();
      const { kid, sentence } = await rotateSigningKey(ctx, systemActor);
      expect(sentence).toContain("root propose");
      expect(await keySetStatus(ctx.db, ctx.clock())).toMatchObject({
        reasons: [expect.stringContaining(kid ?? "")],
      });
      ctx.pass(200 * day);
      await turnSigningKeys(ctx);
      expect(await activeKid()).toBe(first);
      await expect(rotateSigningKey(ctx, systemActor, { force: true })).rejects.toThrow(/root propose/);
      await publish();
      await turnSigningKeys(ctx);
      expect(await activeKid()).toBe(first);
      await expect(rotateSigningKey(ctx, systemActor, { force: true })).rejects.toThrow(/It may sign from/);
      ctx.pass(20 * minute);
      expect(await rotateSigningKey(ctx, systemActor, { force: true })).toMatchObject({
        kid,
        state: "active",
      });
    });

    test("is made by the worker for a process without the key-encryption key, once", async () => {
      const web = { ...ctx, keys: undefined };
      expect(await rotateSigningKey(web, systemActor)).toMatchObject({ kid: null, state: "asked" });
      await rotateSigningKey(web, systemActor);
      expect(await publishDueReleases(ctx)).toBe(0);
      await turnSigningKeys(ctx);
      await turnSigningKeys(ctx);
      expect((await findAll(ctx.db, "signingKey")).map(({ state }) => state).sort()).toEqual([
        "active",
        "next",
      ]);
      expect(await findAll(ctx.db, "due", { kind: "next_key" })).toEqual([]);
    });
  });

  describe("revoking", () => {
    test("the active key without a next one: another is made, signs at once, in a new epoch", async () => {
      const stolen = await activeKid();
      ctx.pass(second);
      const done = await revokeSigningKey(ctx, systemActor, { kid: stolen, reason });
      expect(done).toMatchObject({ was: "active", needsRoot: false, successor: await activeKid() });
      expect(await served()).toEqual([done.successor]);
      expect(await find(ctx.db, "signingKey", { kid: stolen })).toMatchObject({
        state: "revoked",
        revokedReason: reason,
        sealedPrivateJwk: "",
        revokedAt: ctx.clock(),
      });
      expect(await head()).toMatchObject({ epoch: 2, kid: done.successor });
      await expect(revokeSigningKey(ctx, systemActor, { kid: stolen, reason })).rejects.toThrow(/already/);
    });

    test("lets a next key sign, however young; one that is not active changes nothing else", async () => {
      const stolen = await activeKid();
      const { kid } = await rotateSigningKey(ctx, systemActor);
      expect(await revokeSigningKey(ctx, systemActor, { kid: stolen, reason })).toMatchObject({
        successor: kid,
      });
      const { kid: spare } = await rotateSigningKey(ctx, systemActor);
      expect(await revokeSigningKey(ctx, systemActor, { kid: spare ?? "", reason })).toMatchObject({
        was: "next",
        successor: null,
      });
      expect(await activeKid()).toBe(kid);
    });

    test("from the web process: the worker makes the key that signs", async () => {
      const stolen = await activeKid();
      const web = { ...ctx, keys: undefined };
      const done = await revokeSigningKey(web, systemActor, { kid: stolen, reason });
      expect(done.successor).toBeNull();
      expect(await served()).toEqual([]);
      ctx.pass(second);
      await turnSigningKeys(ctx);
      expect(await head()).toMatchObject({ epoch: 2, kid: await activeKid() });
    });

    test("with a root the epoch waits for the key set, which then ends the old one", async () => {
      await publish({ addRoots });
      const stolen = await activeKid();
      const { kid } = await rotateSigningKey(ctx, systemActor);
      await publish();
      const done = await revokeSigningKey(ctx, systemActor, { kid: stolen, reason });
      expect(done).toMatchObject({ needsRoot: true, successor: kid });
      expect(done.sentence).toContain("root propose");
      expect(await keySetStatus(ctx.db, ctx.clock())).toMatchObject({ urgent: true });
      ctx.pass(second);
      expect(await head()).toMatchObject({ epoch: 1, kid });
      expect(await publish()).toMatchObject({ version: 3, epoch: 2 });
      ctx.pass(second);
      expect(await head()).toMatchObject({ epoch: 2, kid });
    });

    test("through the key set itself", async () => {
      await publish({ addRoots });
      const stolen = await activeKid();
      const { kid } = await rotateSigningKey(ctx, systemActor);
      const done = await publish({ revoke: [{ kid: stolen, reason }] });
      expect(done).toMatchObject({ epoch: 2, revoked: [stolen] });
      expect([await stateOf(stolen), await activeKid()]).toEqual(["revoked", kid]);
      expect(await served()).toEqual([kid]);
    });

    test("is shown with who still accepts the key, until they report a newer list", async () => {
      const stolen = await activeKid();
      const { consumerId } = await connectConsumer(ctx, systemActor, { audienceId, name: "idp-1" });
      const token = await find(ctx.db, "apiToken", { audienceId });
      const consumer = {
        kind: "token",
        id: token?.id ?? "",
        name: "idp-1",
        role: "consumer",
        audienceId,
      } as const;
      const report = async () => {
        const { epoch = 1, seq = 1, rev = 1, digest = "" } = (await latestHead(ctx.db, audienceId)) ?? {};
        const at = Math.floor(ctx.clock() / second);
        const active = { epoch, seq, rev, digest, activated_at: at };
        await recordReport(ctx, consumer, {
          consumerId,
          report: {
            list: "prod",
            instance: "a",
            active,
            checked_at: at,
            mode: "lazy",
            enforcement: "enforce",
            error: null,
            client: "test/1",
          },
        });
      };
      await report();
      expect(await signingKeys(ctx.db, ctx.clock())).toMatchObject({
        next: { step: "publish" },
        exposures: [],
      });
      ctx.pass(second);
      await revokeSigningKey(ctx, systemActor, { kid: stolen, reason });
      const states = async () =>
        (await signingKeys(ctx.db, ctx.clock())).exposures.flatMap(({ servers }) =>
          servers.map(({ state }) => state),
        );
      expect(await states()).toEqual(["silent"]);
      ctx.pass(second);
      await publishDueReleases(ctx);
      await report();
      expect(await states()).toEqual(["passing"]);
      ctx.pass(10 * minute);
      expect(await states()).toEqual(["over"]);
    });

    test("is for administrators, with a reason, and is written down", async () => {
      const kid = await activeKid();
      const rui = await addPerson(ctx, "Rui", "reviewer", []);
      await expect(revokeSigningKey(ctx, rui, { kid, reason })).rejects.toThrow(/reviewer/);
      await expect(revokeSigningKey(ctx, systemActor, { kid, reason: " " })).rejects.toThrow(/Say why/);
      await expect(revokeSigningKey(ctx, systemActor, { kid: "x", reason })).rejects.toThrow(
        /no signing key/,
      );
      const ada = await addPerson(ctx, "Ada", "admin", []);
      await revokeSigningKey(ctx, ada, { kid, reason });
      const lines = await findAll(ctx.db, "journal", { action: "signing_key.revoked" });
      expect(lines).toMatchObject([{ actorName: "Ada", subjectId: kid }]);
    });
  });

  // Nothing of it depends on the database.
  describe.runIf(dialect === "sqlite")("a signing service", () => {
    let service: Service;
    let outside: TestContext;
    beforeEach(async () => {
      service = await startService();
      outside = await openTestContext(home.db, {
        ids: "out",
        config: { signerUrl: service.url, signerToken: "s3cret", signerTimeoutMs: 600 },
      });
    });
    afterEach(async () => {
      await outside.close();
      await service.stop();
    });
    const adopt = () => adoptExternalKey(outside, systemActor, { name: "alias/heads" });
    async function signOutside() {
      outside.pass(minute);
      await outside.db.transaction((tx) => scheduleRelease(outside, tx, "test", 0));
      return publishDueReleases(outside);
    }

    test("holds a key that is published as next and signs when its time comes", async () => {
      const { kid } = await adopt();
      await expect(adopt()).rejects.toThrow(/known already/);
      expect(await find(ctx.db, "signingKey", { kid })).toMatchObject({
        state: "next",
        external: "alias/heads",
        sealedPrivateJwk: "",
      });
      outside.pass(day);
      await rotateSigningKey(outside, systemActor);
      expect(await signOutside()).toBe(1);
      expect(await latestHead(ctx.db, audienceId)).toMatchObject({ kid });
      expect(service.asked.every(({ authorization }) => authorization === "Bearer s3cret")).toBe(true);
      const body = service.asked.at(-1)?.body ?? {};
      expect(Buffer.from(String(body["digest"]), "base64")).toHaveLength(32);
      await expect(rotateSigningKey(outside, systemActor)).rejects.toThrow(/keys adopt/);
    });

    test("that goes wrong: nothing is published, and administrators are told until it is well", async () => {
      for (const [mischief, words] of mischiefs.filter(([name]) => name !== "slow")) {
        service.mischief = mischief;
        await expect(adopt(), mischief).rejects.toThrow(words);
      }
      expect(await findAll(ctx.db, "signingKey")).toHaveLength(1);
      service.mischief = null;
      await adopt();
      outside.pass(day);
      await rotateSigningKey(outside, systemActor);
      const before = await latestHead(ctx.db, audienceId);
      for (const [mischief, words] of mischiefs) {
        service.mischief = mischief;
        expect(await signOutside()).toBe(0);
        expect(await find(ctx.db, "condition", { key: "signer" })).toMatchObject({
          ok: false,
          sentence: expect.stringMatching(words) as string,
        });
      }
      expect(await latestHead(ctx.db, audienceId)).toEqual(before);
      service.mischief = null;
      expect(await signOutside()).toBe(1);
      expect(await find(ctx.db, "condition", { key: "signer" })).toMatchObject({ ok: true });
    });

    test("must be configured", async () => {
      await expect(adoptExternalKey(ctx, systemActor, { name: "heads" })).rejects.toThrow(
        /ROLLCALL_SIGNER_URL/,
      );
      await expect(adoptExternalKey(outside, systemActor, { name: "../x" })).rejects.toThrow(/name/);
    });
  });
});

const mischiefs = [
  ["r||s", /is refused\. The signature/],
  ["garbage", /is refused\. The signature is not DER/],
  ["another key", /does not verify with the public key/],
  ["another text", /does not verify with the public key/],
  ["slow", /no answer within 0\.6 s/],
  ["no answer", /could not be asked/],
  ["not JSON", /not a JSON object/],
  ["401", /ROLLCALL_SIGNER_TOKEN/],
  ["404", /no key called alias\/heads/],
  ["500", /answered 500/],
] as const;
type Mischief = (typeof mischiefs)[number][0];

interface Service {
  readonly url: string;
  readonly asked: { authorization: string | undefined; body: Record<string, unknown> }[];
  mischief: Mischief | null;
  stop(): Promise<void>;
}

/** A signing service on loopback with one key. It signs the digest it is sent, as key services do, or misbehaves. */
async function startService(): Promise<Service> {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server: Server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      service.asked.push({ authorization: request.headers.authorization, body });
      const { mischief } = service;
      if (mischief === "slow") return;
      if (mischief === "no answer") return request.socket.destroy();
      if (mischief === "401" || mischief === "404" || mischief === "500")
        return response.writeHead(Number(mischief)).end("{}");
      if (mischief === "not JSON") return response.end("<html>");
      if (request.url?.endsWith("/public-key")) {
        const spki = pair.publicKey.export({ format: "der", type: "spki" }).toString("base64");
        return response.end(JSON.stringify({ public_key: spki }));
      }
      const digest = Buffer.from(String(body["digest"]), "base64");
      const key = mischief === "another key" ? other.privateKey : pair.privateKey;
      const asked = mischief === "another text" ? createHash("sha256").update("x").digest() : digest;
      const numbers = signDigest(asked, key);
      const der = mischief === "r||s" ? rawOf(numbers) : derOf(numbers);
      const signature = mischief === "garbage" ? Buffer.from("garbage") : der;
      response.end(JSON.stringify({ signature: signature.toString("base64") }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const service: Service = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/kms`,
    asked: [],
    mischief: null,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}
