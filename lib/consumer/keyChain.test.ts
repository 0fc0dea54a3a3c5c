import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileStore } from "./fileStore.ts";
import { memoryStore } from "./memoryStore.ts";
import type { Store } from "./Remembered.ts";
import type { Stage } from "./testing/attacks/stage.ts";
import { openStage } from "./testing/attacks/stage.ts";
import { clientId, entries } from "./testing/harness.ts";
import { testKey } from "./testing/publisher.ts";

let s: Stage;
beforeEach(async () => {
  s = await openStage();
});
afterEach(() => s.end());

const keyRequests = () => s.publisher.requests.filter((each) => each.includes("/v1/keys/"));
const folder = () => mkdtempSync(join(tmpdir(), "chain-"));

/** Answers every request for a key set like this. */
function answerKeys(status: number): void {
  s.publisher.intercept = (request, response) => {
    if (!request.url?.startsWith("/v1/keys/")) return false;
    response.writeHead(status).end();
    return true;
  };
}

describe("which level", () => {
  it("a root that signed key set 1: level 2, and the JWKS is never read", () => {
    expect(s.consumer.head()).toMatchObject({ seq: 1, keysVersion: 1 });
    expect(s.publisher.requests.some((each) => each.endsWith("jwks.json"))).toBe(false);
  });

  it("no key sets: the thumbprint is that of the key that signed the first head", async () => {
    s.publisher.keySets.length = 0;
    const head = `${s.publisher.headUrl}#root=${s.online.kid}`;
    const consumer = s.restart({ head, store: memoryStore() });
    expect(await s.refreshed(consumer)).toBe("activated → allow");
    expect(consumer.head()?.keysVersion).toBeNull();
    s.publisher.keys = [s.evil, s.online];
    await s.publisher.publish({ key: s.evil });
    expect(await s.refreshed(consumer)).toBe("activated → allow");
  });

  it("no key sets, and another key signed the first head: refused, whether or not the named one is published", async () => {
    s.publisher.keySets.length = 0;
    for (const kid of [s.root.kid, s.evil.kid]) {
      s.publisher.keys = [s.online, s.evil];
      const consumer = s.restart({ head: `${s.publisher.headUrl}#root=${kid}`, store: memoryStore() });
      expect(await s.refreshed(consumer)).toBe("refused: key_not_pinned, alarm → deny: no_list");
    }
  });

  it("key sets of which the named root signed none: as if there were none", async () => {
    const consumer = s.restart({
      head: `${s.publisher.headUrl}#root=${s.online.kid}`,
      store: memoryStore(),
    });
    expect(await s.refreshed(consumer)).toBe("activated → allow");
    expect(consumer.head()?.keysVersion).toBeNull();
  });

  it("a consumer that follows a chain goes on with it, also when the enrolment no longer says so", async () => {
    const again = s.restart({ head: s.publisher.headUrl });
    await s.publisher.publish();
    expect(await s.refreshed(again)).toBe("activated → allow");
    expect(again.head()?.keysVersion).toBe(1);
  });

  it("a level 1 store whose new enrolment names a root, while key sets are withheld: said once", async () => {
    const store = memoryStore();
    await s.restart({ head: s.publisher.headUrl, store }).refresh();
    answerKeys(404);
    const consumer = s.restart({ store });
    for (let n = 0; n < 2; n++) {
      await s.publisher.publish();
      await consumer.refresh();
    }
    expect(s.events.filter(({ type }) => type === "pin_unused")).toEqual([
      { type: "pin_unused", pin: s.root.kid },
    ]);
  });

  it("polls at least as often as key sets are due, whatever a head asks for", async () => {
    s.publisher.ttl = 3_600;
    await s.publisher.publish();
    await s.consumer.refresh();
    let slept = 0;
    const asleep = Promise.withResolvers<void>();
    const consumer = s.restart({
      wait: 0,
      sleep: async (milliseconds) => {
        slept = milliseconds;
        asleep.resolve();
        await new Promise(() => undefined);
      },
    });
    consumer.start();
    await asleep.promise;
    expect(slept).toBeLessThanOrEqual(300_000);
  });

  it("a level 1 store of an earlier version loads, and moves up with a new enrolment string", async () => {
    const directory = folder();
    const before = s.restart({ head: s.publisher.headUrl, store: fileStore(directory) });
    await before.ready();
    const file = join(directory, "state.json");
    const { sub, epoch, seq, rev, root, digest, head, activatedAt, tree } = JSON.parse(
      readFileSync(file, "utf8"),
    ) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ sub, epoch, seq, rev, root, digest, head, activatedAt, tree }));
    const after = s.restart({ store: fileStore(directory) });
    expect(await s.refreshed(after)).toBe("unchanged → allow");
    expect(after.head()).toMatchObject({ seq: 1, keysVersion: 1 });
  });

  it("keys brought by hand are used and not fetched (level 1)", async () => {
    const jwks = { keys: [s.online.publicJwk] };
    const consumer = s.restart({ head: s.publisher.headUrl, store: memoryStore(), jwks });
    expect(await s.refreshed(consumer)).toBe("activated → allow");
    expect(s.publisher.requests.some((each) => each.endsWith("jwks.json"))).toBe(false);
  });
});

describe("when key sets are read", () => {
  it("every five minutes, until 404", async () => {
    expect(keyRequests()).toEqual(["GET /v1/keys/1", "GET /v1/keys/2"]);
    s.advance(299);
    await s.consumer.refresh();
    expect(keyRequests()).toHaveLength(2);
    s.advance(1);
    await s.consumer.refresh();
    expect(keyRequests()).toHaveLength(3);
  });

  it("when a head names a newer one, and not again while it cannot be had", async () => {
    await s.publisher.publishKeySet();
    await s.publisher.publish();
    await s.consumer.refresh();
    expect(s.consumer.head()?.keysVersion).toBe(2);
    const asked = keyRequests().length;
    for (const _ of [1, 2, 3]) {
      await s.publisher.publish({ claims: { keys_version: 7 } });
      await s.consumer.refresh();
    }
    expect(keyRequests()).toHaveLength(asked + 1);
    expect(s.ofType("keys_behind")).toEqual([{ type: "keys_behind", known: 2, named: 7 }]);
  });

  it.each([429, 500, 503, 302])("%i does not hold up new heads", async (status) => {
    answerKeys(status);
    s.advance(301);
    await s.publisher.publish();
    expect(await s.refreshed()).toBe("activated → allow");
    expect(s.ofType("fetch_failed")).toHaveLength(1);
  });

  it("at a first contact the level must be known first", async () => {
    answerKeys(500);
    const fresh = s.restart({ store: memoryStore() });
    expect(await s.refreshed(fresh)).toBe("failed: http_status → deny: no_list");
    s.publisher.intercept = undefined;
    expect(await s.refreshed(fresh)).toBe("activated → allow");
  });
});

describe("the store", () => {
  it("of another root is refused", async () => {
    const other = s.restart({ head: `${s.publisher.headUrl}#root=${s.evil.kid}` });
    await expect(other.ready()).rejects.toThrow(/follows the root/);
  });

  it.each(["{", '{"version":1}'])("with a damaged key set is refused: %s", async (text) => {
    const directory = folder();
    await s.restart({ store: fileStore(directory) }).ready();
    writeFileSync(join(directory, "keys.json"), text);
    await expect(s.restart({ store: fileStore(directory) }).ready()).rejects.toThrow(/damaged/);
  });

  it("with a changed key set is refused", async () => {
    const kept = (await s.store.loadKeys?.())!;
    await s.store.saveKeys?.({ ...kept, jws: `${kept.jws}x` });
    await expect(s.restart().ready()).rejects.toThrow(/damaged/);
  });

  it("that cannot remember key sets serves no level 2", async () => {
    const { loadKeys: _load, saveKeys: _save, ...bare } = memoryStore();
    const consumer = s.restart({ store: bare });
    expect(await s.refreshed(consumer)).toBe("failed: store_failed → deny: no_list");
  });
});

it("a store may be an instance of a class", async () => {
  const kept = memoryStore();
  class OwnStore implements Store {
    load = () => kept.load();
    save(state: Parameters<Store["save"]>[0]) {
      return kept.save(state);
    }
    loadKeys() {
      return kept.loadKeys!();
    }
    saveKeys(state: Parameters<NonNullable<Store["saveKeys"]>>[0]) {
      return kept.saveKeys!(state);
    }
    readObject(sha256: string) {
      return kept.readObject(sha256);
    }
    writeObject(sha256: string, body: Uint8Array) {
      return kept.writeObject(sha256, body);
    }
    keepObjects(sha256s: ReadonlySet<string>) {
      return kept.keepObjects(sha256s);
    }
  }
  expect(await s.refreshed(s.restart({ store: new OwnStore() }))).toBe("activated → allow");
  expect(await kept.loadKeys?.()).toMatchObject({ version: 1, root: s.root.kid });
});

it("a list and its key sets carried here, in pieces and in any order", async () => {
  const { publisher } = s;
  const second = await testKey();
  await publisher.publishKeySet({ roots: [second] });
  await publisher.publishKeySet({ keys: [s.evil] });
  await publisher.publish({ entries: entries(300), key: s.evil });
  const bundle = new TextEncoder().encode(publisher.bundle().join("\n"));
  async function* pieces() {
    for (let at = 0; at < bundle.byteLength; at += 1000) yield bundle.subarray(at, at + 1000);
  }
  await publisher.close();
  const consumer = s.restart({ mode: "mirror", store: memoryStore() });
  const [one = "", two = "", three = ""] = publisher.keySets;
  expect(await s.said(consumer.loadBundle(pieces(), [three, `${one}\n`, two]))).toBe("activated");
  expect(consumer.head()).toMatchObject({ keysVersion: 3, treeSeq: 2 });
  expect(await s.decided({ client_id: clientId(299) }, consumer)).toBe("allow");
  expect(await s.said(consumer.loadBundle(bundle, publisher.keySets))).toBe("unchanged");
});

it("what was found in a tree of an epoch that ends during the lookup is not used", async () => {
  const { publisher } = s;
  const { root } = publisher.current!.claims;
  const asked = new Promise<() => void>((resolve) => {
    publisher.intercept = (request, response) => {
      if (!request.url?.endsWith(root)) return false;
      resolve(() => response.end(publisher.objects.get(root)));
      return true;
    };
  });
  const decision = s.decided({ client_id: clientId(0) });
  const answer = await asked;
  await publisher.publishKeySet({ keys: [await testKey()], revoked: [s.online], epoch: 2 });
  await publisher.publish({ entries: entries(3).slice(1) });
  expect(await s.said(s.consumer.refresh())).toBe("activated");
  answer();
  expect(await decision).toBe("deny: not_listed");
});
