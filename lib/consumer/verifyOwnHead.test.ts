import { afterEach, beforeEach, expect, it } from "vitest";
import type { Harness } from "./testing/harness.ts";
import { begin, entries, harness } from "./testing/harness.ts";
import { verifyOwnHead } from "./verifyOwnHead.ts";

let h: Harness;
const clock = () => (begin + 60) * 1000;
const look = (more = {}) => verifyOwnHead({ head: h.publisher.headUrl, clock, objects: true, ...more });

beforeEach(async () => {
  h = await harness();
  await h.publisher.publish({ entries: entries(300) });
});
afterEach(() => h.publisher.close());

it("says how old a sound list is", async () => {
  expect(await look()).toMatchObject({ ok: true, age: 60, head: { claims: { seq: 1, count: 300 } } });
});

it("notices a missing object, an older head than was published, and no answer", async () => {
  const { root } = h.publisher.current!.claims;
  const body = h.publisher.objects.get(root)!;
  h.publisher.objects.delete(root);
  expect(await look()).toMatchObject({ ok: false, code: "not_found" });
  h.publisher.objects.set(root, body);
  const remembered = { epoch: 1, seq: 2, rev: 1, root, digest: "0".repeat(64) };
  expect(await look({ remembered })).toMatchObject({ ok: false, code: "rollback" });
  await h.publisher.close();
  expect(await look()).toMatchObject({ ok: false, code: "network" });
});
