import { expect, it } from "vitest";
import { latestWatch } from "./latestWatch.ts";

const head = (seq: number) => ({ epoch: 1, seq, rev: 1, digest: `d${seq}` });

it("forgets a head that the publisher takes back, so that the next frozen path is told", () => {
  const watch = latestWatch();
  let now = 0;
  const look = (latest: number) => {
    now += 100;
    return watch.compare(head(latest), head(5), { now, checkedAt: now, ttl: 10 })?.type;
  };
  expect([look(2 ** 40), look(2 ** 40), look(2 ** 40)]).toEqual(["behind", "frozen_path", undefined]);
  expect(look(5)).toBeUndefined();
  expect([look(6), look(6)]).toEqual(["behind", "frozen_path"]);
});
