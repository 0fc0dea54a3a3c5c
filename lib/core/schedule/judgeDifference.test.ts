import fc from "fast-check";
import { expect, test } from "vitest";
import { second } from "../Instant.ts";
import { confirmAt } from "./confirmAt.ts";
import { judgeDifference, type Unconfirmed } from "./judgeDifference.ts";

const id = "https://a.example/c";
const plain = (digest: string) => ({ digest, privateKeyMaterial: false, clientIdMismatch: false });

test("the second look comes after 30 to 120 s, spread over them", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 0 }), (clientId, digest, now) => {
      const wait = confirmAt(clientId, digest, now) - now;
      expect(wait).toBeGreaterThanOrEqual(30 * second);
      expect(wait).toBeLessThan(120 * second);
    }),
  );
  const waits = Array.from({ length: 500 }, (_, n) => confirmAt(`${id}/${n}`, "same", 0));
  expect(new Set(waits.map((at) => Math.floor(at / second))).size).toBeGreaterThan(80);
});

test.each([
  ["private key material", { ...plain("d1"), privateKeyMaterial: true }],
  ["another client_id", { ...plain("d1"), clientIdMismatch: true }],
])("%s counts at once", (_, difference) => {
  expect(judgeDifference(id, difference, undefined, 0)).toBe("counts");
});

test("a first difference waits, and counts when it is seen again in time", () => {
  const waiting = judgeDifference(id, plain("d1"), undefined, 0) as Unconfirmed;
  expect(waiting).toEqual({ digest: "d1", lookAgainAt: confirmAt(id, "d1", 0), turns: 1 });
  expect(judgeDifference(id, plain("d1"), waiting, waiting.lookAgainAt - 1)).toBe(waiting);
  expect(judgeDifference(id, plain("d1"), waiting, waiting.lookAgainAt)).toBe("counts");
});

test("another difference starts anew, but a document that never says the same twice counts at the third turn", () => {
  const first = judgeDifference(id, plain("d1"), undefined, 0) as Unconfirmed;
  const second = judgeDifference(id, plain("d2"), first, 60_000) as Unconfirmed;
  expect(second).toMatchObject({ digest: "d2", turns: 2 });
  expect(judgeDifference(id, plain("d3"), second, 120_000)).toBe("counts");
});
