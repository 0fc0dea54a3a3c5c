import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Consumer } from "./createConsumer.ts";
import { fileStore } from "./fileStore.ts";
import { memoryStore } from "./memoryStore.ts";
import { walkNames } from "./testing/walkNames.ts";
import type { Harness } from "./testing/harness.ts";
import { begin, clientId, entries, entry, harness } from "./testing/harness.ts";
import { testKey } from "./testing/publisher.ts";

let h: Harness;
const approved = { client_id: clientId(0) };
const decision = async (consumer: Consumer = h.consumer, question = approved) =>
  (await consumer.decide(question)).decision;
const reasons = async (consumer: Consumer = h.consumer, question = approved) =>
  (await consumer.decide(question)).reasons;

/** The last good head is still in force, by its number and by what it decides. */
async function expectLastGood(seq = 1): Promise<void> {
  expect(h.consumer.head()?.seq).toBe(seq);
  expect((await h.store.load())?.seq).toBe(seq);
  expect(await decision()).toBe("allow");
  expect(await reasons(h.consumer, { client_id: "https://stranger.example/c" })).toEqual(["not_listed"]);
}

beforeEach(async () => {
  h = await harness();
  await h.publisher.publish({ entries: entries(3) });
  await h.consumer.ready();
  expect(await decision()).toBe("allow");
});
afterEach(() => h.publisher.close());

describe("a head that is refused, and the last good one kept", () => {
  /** Serves a head and expects the refusal. */
  async function refused(code: string, jws: string): Promise<void> {
    const signed = { ...(await h.publisher.sign()), jws };
    h.publisher.serve({ ...signed, claims: { ...signed.claims, seq: signed.claims.seq + 1000 } });
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "refused", code });
    expect(h.ofType("refused").at(-1)).toMatchObject({ code, head: jws });
    await expectLastGood();
  }

  it("tampered payload: bad_signature", async () => {
    const { jws, claims } = await h.publisher.sign();
    const [header, , signature] = jws.split(".");
    const payload = Buffer.from(JSON.stringify({ ...claims, root: "0".repeat(64) })).toString("base64url");
    await refused("bad_signature", `${header}.${payload}.${signature}`);
  });

  it("tampered signature: bad_signature", async () => {
    const { jws } = await h.publisher.sign();
    const at = jws.lastIndexOf(".") + 5;
    const other = jws[at] === "A" ? "B" : "A";
    await refused("bad_signature", jws.slice(0, at) + other + jws.slice(at + 1));
  });

  it("alg none", async () => {
    const { claims } = await h.publisher.sign();
    const kid = h.publisher.keys[0]?.kid;
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const header = part({ alg: "none", kid, typ: "cimd-allowlist+jwt" });
    await refused("alg_not_allowed", `${header}.${part(claims)}.`);
  });

  it("alg HS256 keyed with the public key", async () => {
    const { jws } = await h.publisher.sign();
    const kid = h.publisher.keys[0]?.kid;
    const header = Buffer.from(JSON.stringify({ alg: "HS256", kid, typ: "cimd-allowlist+jwt" }));
    await refused("alg_not_allowed", [header.toString("base64url"), ...jws.split(".").slice(1)].join("."));
  });

  it("wrong typ", async () => {
    await refused("wrong_typ", (await h.publisher.sign({ header: { typ: "JWT" } })).jws);
  });

  it.each(["jku", "jwk", "x5u", "x5c", "zip", "cty"])("extra header member %s", async (name) => {
    await refused("header_not_allowed", (await h.publisher.sign({ header: { [name]: "x" } })).jws);
  });

  it("crit in the header", async () => {
    const header = { crit: ["exp"], exp: begin + 60 };
    await refused("header_not_allowed", (await h.publisher.sign({ header })).jws);
  });

  it("unknown kid: one refetch of the key set, then refused", async () => {
    const stranger = await testKey();
    const before = h.publisher.requests.filter((each) => each.endsWith("jwks.json")).length;
    await refused("unknown_key", (await h.publisher.sign({ key: stranger })).jws);
    const after = h.publisher.requests.filter((each) => each.endsWith("jwks.json")).length;
    expect(after - before).toBe(1);
  });

  it("a known kid with another key behind it", async () => {
    const stranger = await testKey();
    const kid = h.publisher.keys[0]?.kid;
    await refused("bad_signature", (await h.publisher.sign({ key: stranger, header: { kid } })).jws);
  });

  it("a key whose kid is not its thumbprint", async () => {
    const stranger = await testKey();
    const mislabelled = { ...stranger, kid: "label", publicJwk: { ...stranger.publicJwk, kid: "label" } };
    h.publisher.keys = [...h.publisher.keys, mislabelled];
    await refused("unknown_key", (await h.publisher.sign({ key: mislabelled })).jws);
  });

  it("a key published under a label, named by its thumbprint", async () => {
    const stranger = await testKey();
    const labelled = { ...stranger, publicJwk: { ...stranger.publicJwk, kid: "label" } };
    h.publisher.keys = [...h.publisher.keys, labelled];
    await refused("unknown_key", (await h.publisher.sign({ key: stranger })).jws);
  });

  it.each<[string, string, Record<string, unknown>]>([
    ["another publisher (iss)", "wrong_iss", { iss: "https://other.example" }],
    ["list A served as list B (sub)", "wrong_sub", { sub: "https://gov.example/v1/lists/other/head" }],
    ["unknown version", "unknown_version", { v: 2 }],
    ["unknown critical claim", "unknown_critical_claim", { crit: ["tree"], tree: "x" }],
    ["expired, beyond 60 s of skew", "expired", { exp: begin - 60 }],
    ["namespaces that are no hash", "malformed", { ns: "x" }],
    ["clock: issued 60 s in the future", "issued_in_future", { iat: begin + 60 }],
    ["a life of more than seven days", "lives_too_long", { exp: begin + 7 * 86_400 + 1 }],
    ["seq that is no safe integer", "malformed", { seq: 2 ** 60 }],
    ["seq as text", "malformed", { seq: "2" }],
    ["root that is no hash", "malformed", { root: "x" }],
    ["no root", "malformed", { root: undefined }],
    ["deny that is no list", "malformed", { deny: {} }],
    ["deny of a kind not known", "malformed", { deny: [{ pattern: "*", at: 1, reason: "r" }] }],
    [
      "201 denies",
      "malformed",
      { deny: Array.from({ length: 201 }, () => ({ client_id: "x", at: 1, reason: "r" })) },
    ],
  ])("%s: %s", async (_, code, claims) => {
    await refused(code, (await h.publisher.sign({ claims })).jws);
  });

  it.each(["", "{}", "not a jws", "a.b.c", '{"payload":"","signatures":[]}'])(
    "no compact JWS: %j",
    async (jws) => {
      await refused("malformed", jws);
    },
  );

  it("within 60 s of skew a head is accepted", async () => {
    await h.publisher.publish({ claims: { exp: begin - 59, iat: begin + 59 } });
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "activated" });
  });
});

it("seven days are not too long for a head", async () => {
  await h.publisher.publish({ claims: { exp: begin + 7 * 86_400 } });
  expect(await h.consumer.refresh()).toMatchObject({ outcome: "activated" });
});

describe("rollback and equivocation", () => {
  it("rollback: an older head is refused, the state kept, and the operator alarmed", async () => {
    const old = h.publisher.current;
    await h.publisher.publish({ deny: [{ client_id: clientId(2), at: begin, reason: "stolen" }] });
    await h.consumer.refresh();
    h.publisher.serve(old!);
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "refused", code: "rollback" });
    expect(h.ofType("refused").at(-1)?.alarm).toBe(true);
    await expectLastGood(2);
    expect(await reasons(h.consumer, { client_id: clientId(2) })).toEqual(["denied"]);
  });

  it("rollback after a restart: remembered on disk", async () => {
    const directory = mkdtempSync(join(tmpdir(), "consumer-"));
    const before = h.consume({ store: fileStore(directory) });
    const old = h.publisher.current!;
    await h.publisher.publish({ deny: [{ client_id: clientId(0), at: begin, reason: "stolen" }] });
    await before.ready();
    h.publisher.serve(old);
    const after = h.consume({ store: fileStore(directory) });
    await after.ready();
    expect(after.head()?.seq).toBe(2);
    expect(h.ofType("refused").at(-1)).toMatchObject({ code: "rollback" });
    expect(await reasons(after)).toEqual(["denied"]);
  });

  it("rollback of the epoch", async () => {
    await h.publisher.publish({ claims: { seq: 9 } });
    await h.consumer.refresh();
    await h.publisher.publish({ claims: { epoch: 2, seq: 3 } });
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "activated" });
    h.publisher.serve(await h.publisher.sign({ claims: { epoch: 1, seq: 99 } }));
    expect(await h.consumer.refresh()).toMatchObject({ code: "rollback" });
    expect(h.consumer.head()).toMatchObject({ epoch: 2, seq: 3 });
  });

  it("rollback of a consumer with no state: min_seq of the enrolment", async () => {
    const fresh = await harness({ head: `${h.publisher.headUrl}#min_seq=2` });
    await fresh.consumer.ready();
    expect(fresh.ofType("refused")[0]).toMatchObject({ code: "rollback" });
    expect(await reasons(fresh.consumer)).toEqual(["no_list"]);
    await h.publisher.publish();
    expect(await fresh.consumer.refresh()).toMatchObject({ outcome: "activated" });
    await fresh.publisher.close();
  });

  it("equivocation: two heads for one seq", async () => {
    const { seq, prev } = h.publisher.current!.claims;
    h.publisher.serve(await h.publisher.sign({ claims: { seq, prev, count: 9 } }));
    h.publisher.current = { ...h.publisher.current!, claims: { ...h.publisher.current!.claims, seq: 77 } };
    expect(await h.consumer.refresh()).toMatchObject({ code: "equivocation" });
    expect(h.ofType("refused").at(-1)?.alarm).toBe(true);
    await expectLastGood();
  });

  it("equivocation: two roots for one rev", async () => {
    h.publisher.serve(await h.publisher.sign({ entries: entries(5), claims: { rev: 1 } }));
    expect(await h.consumer.refresh()).toMatchObject({ code: "equivocation" });
    await expectLastGood();
  });

  it("equivocation: the next head follows another one (prev)", async () => {
    h.publisher.serve(await h.publisher.sign({ claims: { prev: "0".repeat(64) } }));
    expect(await h.consumer.refresh()).toMatchObject({ code: "equivocation" });
    await expectLastGood();
  });

  it("a gap in seq is no fault", async () => {
    await h.publisher.publish({ claims: { seq: 40, prev: "0".repeat(64) } });
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "activated" });
  });
});

describe("answers that are not a list", () => {
  it.each([
    [301, "redirect"],
    [302, "redirect"],
    [307, "redirect"],
    [400, "http_status"],
    [401, "unauthorized"],
    [403, "unauthorized"],
    [404, "not_found"],
    [410, "gone"],
    [429, "rate_limited"],
    [500, "http_status"],
    [503, "not_published"],
    [204, "http_status"],
  ])("%i: %s, never an empty list", async (status, code) => {
    const elsewhere = `${h.publisher.baseUrl}/elsewhere`;
    h.publisher.intercept = (_, response) => {
      response.writeHead(status, { location: elsewhere, "retry-after": "7" }).end();
      return true;
    };
    const refreshed = await h.consumer.refresh();
    expect(refreshed).toMatchObject({ outcome: "failed", code });
    expect(h.publisher.requests).not.toContain("GET /elsewhere");
    h.publisher.intercept = undefined;
    await expectLastGood();
  });

  it("redirected object: not followed, that client unavailable", async () => {
    const fresh = h.consume({ store: memoryStore() });
    await fresh.ready();
    const body = h.publisher.objects.get(h.publisher.current!.claims.root)!;
    h.publisher.intercept = (request, response) => {
      if (request.url === "/elsewhere") response.end(body);
      else response.writeHead(302, { location: "/elsewhere" }).end();
      return true;
    };
    expect(await reasons(fresh)).toEqual(["unavailable"]);
  });

  it("oversized head: refused while reading", async () => {
    h.publisher.intercept = (_, response) => {
      response.end("x".repeat(64 * 1024 + 1));
      return true;
    };
    expect(await h.consumer.refresh()).toMatchObject({ code: "too_large" });
    h.publisher.intercept = undefined;
    await expectLastGood();
  });

  it("truncated head: the connection breaks", async () => {
    h.publisher.intercept = (_, response) => {
      response.writeHead(200, { "content-length": "2000" }).write("abc");
      setImmediate(() => response.destroy());
      return true;
    };
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "failed", code: "network" });
    h.publisher.intercept = undefined;
    await expectLastGood();
  });

  it("no connection: stale, decided from the last good list", async () => {
    await h.publisher.close();
    expect(await h.consumer.refresh()).toMatchObject({ code: "network" });
    expect(h.ofType("stale")).toEqual([]);
    h.advance(31);
    await h.consumer.refresh();
    expect(h.ofType("stale")).toHaveLength(1);
    await expectLastGood();
  });

  it("304 to a first request is not a list", async () => {
    const fresh = await harness({ head: h.publisher.headUrl });
    h.publisher.intercept = (request, response) => {
      if (!request.url?.endsWith("/head")) return false;
      response.writeHead(304).end();
      return true;
    };
    await fresh.consumer.ready();
    expect(await fresh.consumer.refresh()).toMatchObject({ outcome: "failed", code: "malformed" });
    expect(fresh.consumer.head()).toBeNull();
    expect(await reasons(fresh.consumer)).toEqual(["no_list"]);
    await fresh.publisher.close();
  });

  it("a key set that cannot be read: the head is not believed", async () => {
    h.advance(301);
    await h.publisher.publish();
    h.publisher.intercept = (request, response) => {
      if (!request.url?.endsWith("jwks.json")) return false;
      response.end("{}");
      return true;
    };
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "failed", code: "malformed" });
    h.publisher.intercept = undefined;
    await expectLastGood();
  });

  it("a key that left the key set is believed five minutes at most", async () => {
    const next = await testKey();
    const old = h.publisher.keys[0]!;
    h.publisher.keys = [next];
    h.publisher.serve(await h.publisher.sign({ key: old }));
    h.advance(301);
    expect(await h.consumer.refresh()).toMatchObject({ code: "unknown_key" });
    await expectLastGood();
  });

  it("a state that cannot be saved is not used", async () => {
    const failing = { ...h.store, save: () => Promise.reject(new Error("disk full")) };
    const fresh = h.consume({ store: failing });
    await h.publisher.publish({ entries: [] });
    await fresh.ready();
    expect(fresh.head()?.seq).toBe(1);
    expect(h.ofType("store_failed")[0]?.sentence).toMatch(/disk full/);
  });
});

describe("time", () => {
  it("freeze: the old head replayed until it expires, then everything is denied", async () => {
    h.advance(86_400 + 59);
    expect(await decision()).toBe("allow");
    h.advance(1);
    expect(await reasons()).toEqual(["head_expired"]);
    expect(await h.consumer.refresh()).toMatchObject({ outcome: "unchanged" });
    expect(await reasons()).toEqual(["head_expired"]);
  });

  it("max_stale stops a client earlier than the head expires", async () => {
    await h.publisher.publish({ entries: [[clientId(0), entry({ max_stale: 900 })]] });
    await h.consumer.refresh();
    h.advance(900);
    expect(await decision()).toBe("allow");
    h.advance(1);
    expect(await reasons()).toEqual(["stale"]);
    await h.publisher.publish();
    await h.consumer.refresh();
    expect(await decision()).toBe("allow");
  });
});

describe("objects", () => {
  const many = entries(300);
  const ofClient = (n: number) => walkNames(h.publisher, clientId(n)).at(-1)!;

  /** A lazy consumer with an empty store over the list of 300. */
  async function lazy(): Promise<Consumer> {
    await h.publisher.publish({ entries: many });
    const consumer = h.consume({ store: memoryStore() });
    await consumer.ready();
    return consumer;
  }

  it.each<[string, (body: string) => string | undefined]>([
    ["missing object", () => undefined],
    ["truncated object", (body) => body.slice(0, -10)],
    ["tampered object", (body) => body.replace("req_0", "req_9")],
    ["empty object", () => ""],
    ["oversized object", (body) => body + " ".repeat(1024 * 1024)],
  ])("%s, lazy: that client is denied as unavailable, others are not", async (_, spoil) => {
    const consumer = await lazy();
    const name = ofClient(0);
    const other = many.findIndex((_each, n) => ofClient(n) !== name);
    const good = h.publisher.objects.get(name)!;
    const bad = spoil(good);
    if (bad === undefined) h.publisher.objects.delete(name);
    else h.publisher.objects.set(name, bad);
    expect(await reasons(consumer)).toEqual(["unavailable"]);
    expect(h.ofType("unavailable").at(-1)?.clientId).toBe(clientId(0));
    expect(await decision(consumer, { client_id: clientId(other) })).toBe("allow");
    h.publisher.objects.set(name, good);
    expect(await decision(consumer)).toBe("allow");
  });

  it("mix-and-match: an old object under a new root is refused by its name", async () => {
    const consumer = await lazy();
    const old = h.publisher.objects.get(ofClient(0))!;
    await h.publisher.publish({ entries: many.slice(1) });
    await consumer.refresh();
    h.publisher.objects.set(ofClient(0), old);
    expect(await reasons(consumer)).toEqual(["unavailable"]);
  });

  it("an object damaged in the store is read again", async () => {
    const consumer = await lazy();
    await decision(consumer);
    const name = ofClient(0);
    await h.store.writeObject(name, Buffer.from("{}"));
    const restarted = h.consume();
    await restarted.ready();
    expect(await decision(restarted)).toBe("allow");
  });

  it("mirror partial: the old tree stays whole, the new deny applies at once", async () => {
    const mirror = h.consume({ mode: "mirror", store: memoryStore() });
    await h.publisher.publish({ entries: many });
    await mirror.ready();
    const next = await h.publisher.publish({
      entries: entries(310),
      deny: [{ client_id: clientId(1), at: begin, reason: "stolen" }],
    });
    const name = ofClient(305);
    const body = h.publisher.objects.get(name)!;
    h.publisher.objects.delete(name);

    expect(await mirror.refresh()).toMatchObject({ outcome: "partial", code: "not_found" });
    expect(mirror.head()).toMatchObject({ seq: next.claims.seq, treeSeq: next.claims.seq - 1 });
    expect(await decision(mirror)).toBe("allow");
    expect(await reasons(mirror, { client_id: clientId(1) })).toEqual(["denied"]);
    expect(await reasons(mirror, { client_id: clientId(305) })).toEqual(["not_listed"]);

    h.publisher.objects.set(name, body);
    expect(await mirror.refresh()).toMatchObject({ outcome: "activated" });
    expect(mirror.head()?.treeSeq).toBe(next.claims.seq);
    expect(await decision(mirror, { client_id: clientId(305) })).toBe("allow");
  });

  it("mirror partial survives a restart with the old tree", async () => {
    const directory = mkdtempSync(join(tmpdir(), "mirror-"));
    const mirror = h.consume({ mode: "mirror", store: fileStore(directory) });
    await h.publisher.publish({ entries: many });
    await mirror.ready();
    await h.publisher.publish({
      entries: entries(310),
      deny: [{ client_id: clientId(1), at: 1, reason: "r" }],
    });
    h.publisher.objects.delete(ofClient(305));
    await mirror.refresh();
    const restarted = h.consume({ mode: "mirror", store: fileStore(directory) });
    await restarted.ready();
    expect(await decision(restarted)).toBe("allow");
    expect(await reasons(restarted, { client_id: clientId(1) })).toEqual(["denied"]);
  });

  it("a first mirror that is not complete denies as unavailable", async () => {
    await h.publisher.publish({ entries: many });
    h.publisher.objects.delete(ofClient(0));
    const mirror = h.consume({ mode: "mirror", store: memoryStore() });
    await mirror.ready();
    expect(await reasons(mirror, { client_id: clientId(1) })).toEqual(["unavailable"]);
    expect(mirror.head()?.treeSeq).toBeNull();
  });

  it("a new epoch does not decide from the old epoch's tree", async () => {
    const mirror = h.consume({ mode: "mirror", store: memoryStore() });
    await h.publisher.publish({ entries: many });
    await mirror.ready();
    await h.publisher.publish({ entries: entries(310), claims: { epoch: 2, seq: 1 } });
    h.publisher.objects.delete(ofClient(305));
    await mirror.refresh();
    expect(await reasons(mirror)).toEqual(["unavailable"]);
  });
});
