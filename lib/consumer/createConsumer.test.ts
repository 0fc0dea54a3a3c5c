import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { ConsumerOptions } from "./createConsumer.ts";
import type { AllowlistEntry } from "./wire.ts";
import { fileStore } from "./fileStore.ts";
import { memoryStore } from "./memoryStore.ts";
import type { Harness } from "./testing/harness.ts";
import { begin, clientId, entries, entry, harness } from "./testing/harness.ts";
import { testKey } from "./testing/publisher.ts";
import { walkNames } from "./testing/walkNames.ts";

let h: Harness;
afterEach(() => h.publisher.close());

async function serving(options: Partial<ConsumerOptions> = {}, count = 3): Promise<Harness> {
  h = await harness(options);
  await h.publisher.publish({ entries: entries(count) });
  return h;
}
const objectRequests = () => h.publisher.requests.filter((each) => each.includes("/objects/")).length;

describe("decide", () => {
  it("before a list was verified: denied, no_list", async () => {
    h = await harness();
    expect(await h.consumer.decide({ client_id: clientId(0) })).toMatchObject({
      decision: "deny",
      reasons: ["no_list"],
      seq: null,
    });
    await h.consumer.ready();
    expect(h.consumer.head()).toBeNull();
    expect(await h.consumer.allowFetch(clientId(0))).toBe(false);
  });

  it("gives entries that nobody can change, the first time and every time", async () => {
    h = await harness();
    const deep = {
      status: "allow",
      redirect_uris: [{ uri: "https://a.example/", match: "exact" }],
      x: [[{}]],
    };
    const proto = JSON.parse(
      `{"status":"allow","redirect_uris":[],"__proto__":{"jkts":["k"]}}`,
    ) as AllowlistEntry;
    await h.publisher.publish({
      entries: [
        [clientId(0), deep as AllowlistEntry],
        [clientId(1), proto],
        [clientId(2), deep as AllowlistEntry],
        [clientId(3), { ...deep, exp: "never" } as unknown as AllowlistEntry],
      ],
    });
    await h.consumer.ready();
    const isFrozen = (value: unknown): boolean =>
      typeof value !== "object" || (Object.isFrozen(value) && Object.values(value ?? {}).every(isFrozen));
    for (let turn = 0; turn < 2; turn += 1) {
      for (const [n, expected] of [deep, proto, deep].entries()) {
        const { entry: found } = await h.consumer.decide({ client_id: clientId(n) });
        expect(found).toEqual(expected);
        expect(Object.keys(found ?? {}).sort()).toEqual(Object.keys(expected).sort());
        expect(isFrozen(found)).toBe(true);
      }
      const odd = await h.consumer.decide({ client_id: clientId(3) });
      expect(odd).toMatchObject({ decision: "deny", reasons: ["unknown_value"] });
    }
    const [one, other] = await Promise.all([0, 2].map((n) => h.consumer.decide({ client_id: clientId(n) })));
    expect(one?.entry?.redirect_uris).toBe(other?.entry?.redirect_uris);
  });

  it("an entry nested without end admits nobody, and stops nothing", async () => {
    h = await harness();
    const deep = "[".repeat(100_000) + "]".repeat(100_000);
    const body = `{"entries":{"${clientId(0)}":{"status":"allow","x":${deep}}},"v":1}`;
    const root = createHash("sha256").update(body).digest("hex");
    h.publisher.objects.set(root, body);
    await h.publisher.publish({ entries: [], claims: { root } });
    await h.consumer.ready();
    for (let turn = 0; turn < 2; turn += 1)
      expect(await h.consumer.decide({ client_id: clientId(0) })).toMatchObject({
        decision: "deny",
        reasons: ["unavailable"],
      });
  });

  it("with an empty list everything is denied", async () => {
    h = await harness();
    await h.publisher.publish({ entries: [] });
    await h.consumer.ready();
    expect((await h.consumer.decide({ client_id: clientId(0) })).reasons).toEqual(["not_listed"]);
  });

  it("gives the entry to narrow by, and the head's number", async () => {
    await serving();
    await h.consumer.ready();
    const decision = await h.consumer.decide({
      client_id: clientId(1),
      redirect_uri: "https://app.example/cb",
    });
    expect(decision).toEqual({
      decision: "allow",
      reasons: [],
      sentence: `${clientId(1)} is approved.`,
      seq: 1,
      entry: entry({ ref: "req_1" }),
    });
    expect(await h.consumer.allowFetch(clientId(1))).toBe(true);
    expect(await h.consumer.allowFetch("https://stranger.example/")).toBe(false);
  });

  it("asks a new list anew about a client it was just asked about", async () => {
    await serving();
    await h.consumer.ready();
    const question = { client_id: clientId(1), redirect_uri: "https://app.example/cb" };
    for (const turn of [1, 2])
      expect([turn, (await h.consumer.decide(question)).decision]).toEqual([turn, "allow"]);
    await h.publisher.publish({ entries: entries(3, { redirect_uris: [] }) });
    await h.consumer.refresh();
    expect((await h.consumer.decide(question)).reasons).toEqual(["redirect_not_approved"]);
    await h.publisher.publish({ entries: entries(1) });
    await h.consumer.refresh();
    expect((await h.consumer.decide(question)).reasons).toEqual(["not_listed"]);
    h.advance(10 * 86_400);
    expect((await h.consumer.decide({ client_id: clientId(0) })).reasons).toEqual(["head_expired"]);
  });

  it("a deny of the head acts before any object of the new list is fetched", async () => {
    await serving({}, 300);
    await h.consumer.ready();
    await h.publisher.publish({
      entries: entries(299),
      deny: [{ host: "client-0.example", at: begin, reason: "stolen" }],
    });
    await h.consumer.refresh();
    expect((await h.consumer.decide({ client_id: clientId(0) })).reasons).toEqual(["denied"]);
    expect(objectRequests()).toBe(0);
  });

  it("a deny that arrives while an object is on its way still acts", async () => {
    await serving();
    await h.consumer.ready();
    const { root } = h.publisher.current!.claims;
    const asked = new Promise<() => void>((resolve) => {
      h.publisher.intercept = (request, response) => {
        if (!request.url?.endsWith(root)) return false;
        resolve(() => response.end(h.publisher.objects.get(root)));
        return true;
      };
    });
    const decision = h.consumer.decide({ client_id: clientId(0) });
    const answer = await asked;
    await h.publisher.publish({ deny: [{ client_id: clientId(0), at: begin, reason: "stolen" }] });
    await h.consumer.refresh();
    answer();
    expect((await decision).reasons).toEqual(["denied"]);
  });
});

describe("report_only", () => {
  it("lets everything pass, says what it would have done, and reports it", async () => {
    await serving({ enforcement: "report_only" });
    await h.consumer.ready();
    const stranger = { client_id: "https://stranger.example/c" };
    expect(await h.consumer.decide(stranger)).toMatchObject({
      decision: "allow",
      would: "deny",
      reasons: ["not_listed"],
    });
    expect(await h.consumer.allowFetch(stranger.client_id)).toBe(true);
    expect(await h.consumer.decide({ client_id: clientId(0) })).toMatchObject({
      decision: "allow",
      would: "allow",
    });
    expect(h.ofType("would_deny")).toHaveLength(2);
    expect(h.ofType("would_deny")[0]).toMatchObject({ question: stranger });
  });
});

describe("lazy", () => {
  it("fetches the objects on the way to a client once", async () => {
    await serving({}, 300);
    await h.consumer.ready();
    expect(objectRequests()).toBe(0);
    await Promise.all([1, 2, 3].map(() => h.consumer.decide({ client_id: clientId(5) })));
    expect(objectRequests()).toBe(walkNames(h.publisher, clientId(5)).length);
  });

  it("decides after a restart without the publisher, for what it had seen", async () => {
    const directory = mkdtempSync(join(tmpdir(), "lazy-"));
    await serving({ store: fileStore(directory) }, 300);
    await h.consumer.ready();
    await h.consumer.decide({ client_id: clientId(5) });
    await h.publisher.close();
    const restarted = h.consume({ store: fileStore(directory) });
    await restarted.ready();
    expect((await restarted.decide({ client_id: clientId(5) })).decision).toBe("allow");
  });
});

describe("mirror", () => {
  it("holds the whole list after one request, then reads only what changed", async () => {
    await serving({ mode: "mirror" }, 2000);
    await h.consumer.ready();
    const whole = objectRequests();
    expect(whole).toBe(0);
    expect(h.publisher.requests).toContain("GET /v1/lists/prod/bundle");
    await h.publisher.publish({ entries: entries(2001) });
    await h.consumer.refresh();
    expect(objectRequests() - whole).toBe(walkNames(h.publisher, clientId(2000)).length);
    const before = h.publisher.requests.length;
    for (const n of [0, 999, 2000])
      expect((await h.consumer.decide({ client_id: clientId(n) })).decision).toBe("allow");
    expect(h.publisher.requests.length).toBe(before);
  });

  it("completes itself after it was lazy before", async () => {
    const store = memoryStore();
    await serving({ store }, 300);
    await h.consumer.ready();
    await h.consume({ mode: "mirror" }).ready();
    expect(objectRequests()).toBe(h.publisher.objects.size);
  });

  it("decides after a restart without the publisher", async () => {
    const directory = mkdtempSync(join(tmpdir(), "mirror-"));
    await serving({ mode: "mirror", store: fileStore(directory) }, 300);
    await h.consumer.ready();
    await h.publisher.close();
    const restarted = h.consume({ store: fileStore(directory) });
    await restarted.ready();
    expect((await restarted.decide({ client_id: clientId(299) })).decision).toBe("allow");
  });
});

describe("conditional requests", () => {
  it("a head that did not change is answered 304 and stays in force", async () => {
    await serving();
    await h.consumer.ready();
    const statuses: (number | undefined)[] = [];
    h.publisher.intercept = (request, response) => {
      response.on("finish", () => statuses.push(response.statusCode));
      return false;
    };
    expect(await h.consumer.refresh()).toEqual({ outcome: "unchanged" });
    expect(statuses).toEqual([304]);
    expect((await h.consumer.decide({ client_id: clientId(0) })).decision).toBe("allow");
  });

  it("the ETag is committed only after activation: a partial head is asked for again", async () => {
    await serving({ mode: "mirror" }, 300);
    await h.consumer.ready();
    await h.publisher.publish({ entries: entries(301) });
    const name = walkNames(h.publisher, clientId(300)).at(-1)!;
    const body = h.publisher.objects.get(name)!;
    h.publisher.objects.delete(name);
    const tags: (string | undefined)[] = [];
    h.publisher.intercept = (request) => {
      if (request.url?.endsWith("/head")) tags.push(request.headers["if-none-match"]);
      return false;
    };
    await h.consumer.refresh();
    h.publisher.objects.set(name, body);
    await h.consumer.refresh();
    await h.consumer.refresh();
    expect(tags).toEqual(['"1"', '"1"', '"2"']);
  });

  it("the ETag of a refused head is not committed", async () => {
    await serving();
    await h.consumer.ready();
    const good = h.publisher.current!;
    h.publisher.serve(await h.publisher.sign({ claims: { exp: begin - 100 } }));
    await h.consumer.refresh();
    const tags: (string | undefined)[] = [];
    h.publisher.intercept = (request) => (tags.push(request.headers["if-none-match"]), false);
    h.publisher.serve(good);
    await h.consumer.refresh();
    expect(tags).toEqual(['"1"']);
  });

  it("a 304 without an ETag keeps the one that was", async () => {
    await serving();
    await h.consumer.ready();
    const tags: (string | undefined)[] = [];
    h.publisher.intercept = (request, response) => {
      tags.push(request.headers["if-none-match"]);
      response.writeHead(304).end();
      return true;
    };
    await h.consumer.refresh();
    await h.consumer.refresh();
    expect(tags).toEqual(['"1"', '"1"']);
  });
});

describe("keys", () => {
  it("follows a rotation: a head by the next key, after one refetch", async () => {
    await serving();
    await h.consumer.ready();
    const next = await testKey();
    h.publisher.keys = [next, ...h.publisher.keys];
    await h.publisher.publish();
    expect(await h.consumer.refresh()).toEqual({ outcome: "activated" });
  });

  it("the pin of the enrolment binds the first head while that key is published", async () => {
    h = await harness();
    const [pinned, other] = [h.publisher.keys[0]!, await testKey()];
    h.publisher.keys = [pinned, other];
    await h.publisher.publish({ entries: entries(1), key: other });
    const consumer = h.consume({ head: h.publisher.enrolment });
    await consumer.ready();
    expect(h.ofType("refused")[0]).toMatchObject({ code: "key_not_pinned" });
    await h.publisher.publish({ key: pinned });
    expect(await consumer.refresh()).toEqual({ outcome: "activated" });
    await h.publisher.publish({ key: other });
    expect(await consumer.refresh()).toEqual({ outcome: "activated" });
  });

  it("a pin that names no published key has no effect, and says so", async () => {
    await serving();
    const consumer = h.consume({ head: `${h.publisher.headUrl}#key=${"A".repeat(43)}` });
    await consumer.ready();
    expect(consumer.head()?.seq).toBe(1);
    expect(h.ofType("pin_unused")).toHaveLength(1);
  });

  it("pinnedKids accepts these keys only, whatever is published", async () => {
    await serving();
    const consumer = h.consume({ pinnedKids: ["A".repeat(43)] });
    await consumer.ready();
    expect(consumer.head()).toBeNull();
    expect(h.ofType("refused")[0]).toMatchObject({ code: "key_not_pinned" });
  });
});

describe("private lists", () => {
  it("sends the token for the head and for reports, never for objects or keys", async () => {
    const seen: [string | undefined, string | undefined][] = [];
    await serving({ token: "secret" });
    h.publisher.token = "secret";
    h.publisher.intercept = (request) => (seen.push([request.url, request.headers.authorization]), false);
    const status = { url: h.publisher.baseUrl, consumerId: "as1" };
    const consumer = h.consume({ status });
    await consumer.ready();
    await consumer.decide({ client_id: clientId(0) });
    expect(seen).toHaveLength(4);
    for (const [url, sent] of seen)
      expect(sent).toBe(/head$|status$/.test(url ?? "") ? "Bearer secret" : undefined);
  });
});

describe("status reports", () => {
  async function reporting() {
    await serving();
    const consumer = h.consume({
      status: { url: h.publisher.baseUrl, consumerId: "as1", instance: "node-1" },
    });
    await consumer.ready();
    return consumer;
  }

  it("after an activation", async () => {
    const { digest } = h ? (await reporting()).head()! : { digest: "" };
    const head = h.publisher.reports[0]?.active?.head ?? "";
    expect(createHash("sha256").update(head).digest("hex")).toBe(digest);
    expect(h.publisher.reports).toEqual([
      {
        list: "prod",
        instance: "node-1",
        active: { epoch: 1, seq: 1, rev: 1, digest, activated_at: begin, head },
        checked_at: begin,
        mode: "lazy",
        enforcement: "enforce",
        error: null,
        client: "rollcall-consumer/0.1.0",
      },
    ]);
  });

  it("after a failure, with the time it began; not after every 304, but before five minutes of silence", async () => {
    const consumer = await reporting();
    await consumer.refresh();
    expect(h.publisher.reports).toHaveLength(1);
    const good = h.publisher.current!;
    h.publisher.serve(await h.publisher.sign({ claims: { v: 2 } }));
    await consumer.refresh();
    h.advance(10);
    await consumer.refresh();
    const error = { code: "unknown_version", since: begin };
    expect(h.publisher.reports.slice(1)).toMatchObject([
      { error, checked_at: begin },
      { error, checked_at: begin },
    ]);
    h.publisher.serve(good);
    h.advance(240);
    await consumer.refresh();
    expect(h.publisher.reports.at(-1)).toMatchObject({ error: null, checked_at: begin + 250 });
  });

  it("freeze: the second channel knows a newer head (behind)", async () => {
    const consumer = await reporting();
    const frozen = h.publisher.current!;
    await h.publisher.publish();
    h.publisher.intercept = (request, response) => {
      if (!request.url?.endsWith("/head")) return false;
      response.writeHead(200).end(frozen.jws);
      return true;
    };
    h.advance(250);
    await consumer.refresh();
    expect(h.ofType("behind")[0]).toMatchObject({ latest: { seq: 2 }, mine: { seq: 1 } });
  });

  it("frozen path: the same newer head stays out of reach although every check succeeds", async () => {
    const consumer = await reporting();
    const frozen = h.publisher.current!;
    await h.publisher.publish();
    h.publisher.intercept = (request, response) => {
      if (!request.url?.endsWith("/head")) return false;
      response.writeHead(200).end(frozen.jws);
      return true;
    };
    h.advance(250);
    await consumer.refresh();
    for (let turn = 0; turn < 8; turn++) {
      h.advance(10);
      await consumer.refresh();
    }
    expect(h.ofType("behind")).toHaveLength(1);
    expect(h.ofType("frozen_path")).toMatchObject([{ alarm: true, latest: { seq: 2 }, mine: { seq: 1 } }]);
    h.publisher.intercept = undefined;
    await consumer.refresh();
    h.advance(250);
    await consumer.refresh();
    expect(h.ofType("frozen_path")).toHaveLength(1);
    expect(h.ofType("behind")).toHaveLength(1);
  });

  it("a failure that changes its face began once, and a partial head is a check that succeeded", async () => {
    const consumer = await reporting();
    const answer = (status: number) => {
      h.publisher.intercept = (request, response) => {
        if (!request.url?.endsWith("/head")) return false;
        response.writeHead(status).end();
        return true;
      };
    };
    answer(500);
    h.advance(10);
    await consumer.refresh();
    answer(404);
    h.advance(10);
    await consumer.refresh();
    expect(h.publisher.reports.at(-1)).toMatchObject({
      error: { code: "not_found", since: begin + 10 },
      checked_at: begin,
      active: { activated_at: begin },
    });
    h.publisher.intercept = undefined;
    const mirror = h.consume({
      mode: "mirror",
      store: memoryStore(),
      status: { url: h.publisher.baseUrl, consumerId: "as2" },
    });
    h.publisher.objects.clear();
    await mirror.ready();
    expect(h.publisher.reports.at(-1)).toMatchObject({
      error: { code: "not_found", since: begin + 20 },
      checked_at: begin + 20,
    });
  });

  it("divergent: the publisher has another head of that number", async () => {
    const consumer = await reporting();
    h.publisher.current = { ...h.publisher.current!, digest: "f".repeat(64) };
    h.advance(250);
    await consumer.refresh();
    expect(h.ofType("divergent")[0]).toMatchObject({ alarm: true });
  });

  it("a report that fails changes nothing", async () => {
    const consumer = await reporting();
    h.publisher.intercept = (request, response) => {
      if (!request.url?.endsWith("/status")) return false;
      response.writeHead(500).end();
      return true;
    };
    await h.publisher.publish();
    expect(await consumer.refresh()).toEqual({ outcome: "activated" });
    expect(h.ofType("status_failed")[0]).toMatchObject({ code: "http_status" });
  });
});

describe("start and stop", () => {
  it("a long poll brings a new head at once, and stop calls the next one off", async () => {
    await serving();
    await h.consumer.ready();
    const activated = new Promise<void>((resolve) => {
      const consumer = h.consume({
        sleep: async () => undefined,
        onEvent: (event) => {
          if (event.type === "activated" && event.seq === 2) resolve(consumer.stop());
        },
      });
      h.publisher.intercept = (request) => {
        if (request.headers.prefer === "wait=25") setImmediate(() => void h.publisher.publish());
        return false;
      };
      consumer.start();
    });
    await activated;
    expect(h.publisher.current?.claims.seq).toBeGreaterThanOrEqual(2);
  });

  it("a refresh that someone waits for does not wait for the long poll", async () => {
    await serving();
    const consumer = h.consume();
    await consumer.ready();
    const held = new Promise<void>((resolve) => {
      h.publisher.intercept = (request) => {
        if (request.headers.prefer) resolve();
        return false;
      };
    });
    consumer.start();
    await held;
    expect(await consumer.refresh()).toEqual({ outcome: "unchanged" });
    await consumer.stop();
  });

  it("a publisher that ignores Prefer is polled by ttl", async () => {
    await serving();
    h.publisher.longPoll = false;
    const slept: number[] = [];
    const done = new Promise<void>((resolve) => {
      const consumer = h.consume({
        sleep: async (milliseconds) => {
          slept.push(milliseconds);
          if (slept.length === 3) resolve(consumer.stop());
        },
      });
      consumer.start();
    });
    await done;
    expect(slept.slice(1, 3)).toEqual([10_000, 10_000]);
  });
});

describe("the store", () => {
  it("of another list is refused", async () => {
    await serving();
    await h.consumer.ready();
    const other = h.consume({ head: h.publisher.headUrl.replace("prod", "other") });
    await expect(other.ready()).rejects.toThrow(/belongs to another list/);
    expect((await other.decide({ client_id: clientId(0) })).reasons).toEqual(["no_list"]);
  });

  it("with a damaged head is refused", async () => {
    await serving();
    await h.consumer.ready();
    const state = (await h.store.load())!;
    await h.store.save({ ...state, head: `${state.head}x` });
    await expect(h.consume().ready()).rejects.toThrow(/damaged/);
  });
});
