import { afterEach, beforeEach, expect, it } from "vitest";
import type { Harness } from "./testing/harness.ts";
import { entries, harness } from "./testing/harness.ts";
import type { TestKey } from "./testing/publisher.ts";
import { testKey } from "./testing/publisher.ts";

let h: Harness;
let next: TestKey;

beforeEach(async () => {
  h = await harness();
  next = await testKey();
  await h.publisher.publish({ entries: entries(3), claims: { seq: 500 } });
});
afterEach(() => h.publisher.close());

const publishAnew = (claims: object) => h.publisher.publish({ key: next, claims: { rev: 9, ...claims } });

/** A consumer with a head of epoch 2^40 by a key that was withdrawn. */
async function misled(fragment: string, more = {}) {
  const consumer = h.consume({ head: `${h.publisher.headUrl}#${fragment}`, ...more });
  await consumer.ready();
  await h.publisher.publish({ claims: { epoch: 2 ** 40, seq: 7, rev: 7 } });
  expect(await consumer.refresh()).toMatchObject({ outcome: "activated" });
  h.publisher.keys = [next];
  return consumer;
}

it.each([
  [
    "counts in the epoch it was enrolled in",
    { epoch: 1, seq: 499 },
    { outcome: "refused", code: "rollback" },
  ],
  ["lets what is at least as high pass", { epoch: 1, seq: 500 }, { outcome: "activated" }],
  ["does not count in a later epoch, which may begin anew", { epoch: 2, seq: 1 }, { outcome: "activated" }],
])("min_seq %s", async (_, claims, expected) => {
  const consumer = await misled("min_seq=500");
  await publishAnew(claims);
  expect(await consumer.refresh()).toMatchObject(expected);
});

it("the enrolment's key is not asked again", async () => {
  const kid = h.publisher.keys[0]!.kid;
  const consumer = await misled(`key=${kid}`);
  await publishAnew({ epoch: 2, seq: 1 });
  expect(await consumer.refresh()).toMatchObject({ outcome: "activated" });
  expect(h.ofType("pin_unused")).toEqual([]);
  expect(h.ofType("position_reset")).toEqual([
    {
      type: "position_reset",
      kid,
      from: { epoch: 2 ** 40, seq: 7 },
      to: { epoch: 2, seq: 1 },
      alarm: true,
    },
  ]);
});

it("pinned keys still bind", async () => {
  const consumer = await misled("", { pinnedKids: [h.publisher.keys[0]!.kid] });
  await publishAnew({ epoch: 2, seq: 1 });
  expect(await consumer.refresh()).toMatchObject({ outcome: "refused", code: "key_not_pinned" });
  expect((await h.store.load())?.epoch).toBe(2 ** 40);
});

it("a position that cannot be saved stays", async () => {
  let full = false;
  const save: typeof h.store.save = (state) =>
    full ? Promise.reject(new Error("disk full")) : h.store.save(state);
  const consumer = await misled("", { store: { ...h.store, save } });
  full = true;
  await publishAnew({ epoch: 2, seq: 1 });
  expect(await consumer.refresh()).toMatchObject({ outcome: "failed", code: "store_failed" });
  expect(h.ofType("position_reset")).toEqual([]);
  expect(consumer.head()?.epoch).toBe(2 ** 40);
  full = false;
  expect(await consumer.refresh()).toMatchObject({ outcome: "activated" });
});

it("a list whose key was withdrawn is told once, and counts until the key set is newer than it", async () => {
  await h.consumer.ready();
  h.publisher.keys = [next];
  for (let look = 0; look < 3; look++) {
    h.advance(301);
    await h.consumer.refresh();
    expect([look, h.consumer.head() === null]).toEqual([look, look > 0]);
  }
  for (let look = 0; look < 3; look++) await h.consumer.refresh();
  expect(h.ofType("lapsed")).toMatchObject([{ code: "key_withdrawn", seq: 500, alarm: true }]);
  await publishAnew({ seq: 501 });
  expect(await h.consumer.refresh()).toMatchObject({ outcome: "activated" });
});

it("asks for the key set at most once a minute, however often an older head is served", async () => {
  const old = h.publisher.current!;
  await h.consumer.ready();
  await h.publisher.publish();
  await h.consumer.refresh();
  h.publisher.serve(old);
  const asked = () => h.publisher.requests.filter((each) => each.endsWith("jwks.json")).length;
  const before = asked();
  for (let look = 0; look < 10; look++) {
    h.advance(10);
    expect(await h.consumer.refresh()).toMatchObject({ code: "rollback" });
  }
  expect(asked() - before).toBe(1);
});
