import { describe, expect, it } from "vitest";
import type { Refreshed } from "./listSync.ts";
import type { PollTurn } from "./nextDelay.ts";
import { nextDelay } from "./nextDelay.ts";
import { pollLoop } from "./pollLoop.ts";

const middle = () => 0.5;
const unchanged: Refreshed = { outcome: "unchanged" };
const activated: Refreshed = { outcome: "activated" };
const failed: Refreshed = { outcome: "failed", code: "network", sentence: "" };
const base = { asked: 25_000, elapsed: 25_000, canHold: true, ttl: 10_000, failures: 0 };

describe("nextDelay", () => {
  it.each<[string, Partial<PollTurn>, number]>([
    ["a 304 that was held: again at once", { refreshed: unchanged }, 125],
    [
      "a 304 sooner than asked: some proxy ignores Prefer, sleep ttl",
      { refreshed: unchanged, elapsed: 50 },
      10_000,
    ],
    ["a new head from a long poll: again at once", { refreshed: activated, elapsed: 3000 }, 125],
    ["plain polling, unchanged: ttl", { refreshed: unchanged, asked: 0, elapsed: 0, canHold: false }, 10_000],
    [
      "plain polling, a new head: ttl",
      { refreshed: activated, asked: 0, elapsed: 0, canHold: false },
      10_000,
    ],
    [
      "the first head by a plain poll: hold the next one at once",
      { refreshed: activated, asked: 0, elapsed: 0 },
      125,
    ],
    ["the remembered head by a plain poll: likewise", { refreshed: unchanged, asked: 0, elapsed: 0 }, 125],
    ["called off: at once", { refreshed: { outcome: "aborted" } }, 0],
    ["first failure: ttl", { refreshed: failed, failures: 1 }, 10_000],
    ["third failure: four times ttl", { refreshed: failed, failures: 3 }, 40_000],
    ["many failures: five minutes", { refreshed: failed, failures: 5000 }, 300_000],
    ["Retry-After is obeyed", { refreshed: { ...failed, retryAfter: 60_000 }, failures: 1 }, 66_000],
    [
      "Retry-After is believed when it is short",
      { refreshed: { ...failed, retryAfter: 2_000 }, failures: 1 },
      2_200,
    ],
    [
      "but anybody on the way can write it: five minutes at most, or one answer holds up every revocation",
      { refreshed: { ...failed, retryAfter: 3_600_000 }, failures: 1 },
      330_000,
    ],
    ["and not for ever", { refreshed: { ...failed, retryAfter: 2_000 }, failures: 6 }, 300_000],
    ["partial backs off too", { refreshed: { ...failed, outcome: "partial" }, failures: 2 }, 20_000],
  ])("%s", (_, turn, delay) => {
    expect(nextDelay({ ...base, ...turn } as PollTurn, middle)).toBe(delay);
  });

  it("spreads consumers by ±20 %", () => {
    const turn = { ...base, refreshed: unchanged, asked: 0, canHold: false };
    expect(nextDelay(turn, () => 0)).toBe(8000);
    expect(nextDelay(turn, () => 1)).toBeCloseTo(12_000);
  });
});

describe("pollLoop", () => {
  it("counts failures in a row, goes on after a bug, and ends when stopped", async () => {
    const stop = new AbortController();
    const delays: number[] = [];
    const errors: unknown[] = [];
    const turns = [
      () => Promise.resolve(failed),
      () => Promise.resolve(failed),
      () => Promise.reject(new Error("bug")),
      () => Promise.resolve(unchanged),
      () => Promise.resolve(failed),
    ];
    await pollLoop(
      {
        turn: () => turns.shift()!(),
        canWait: () => false,
        wait: 25,
        ttl: () => 10_000,
        clock: () => 0,
        random: middle,
        sleep: async (milliseconds) => {
          delays.push(milliseconds);
          if (turns.length === 0) stop.abort();
        },
        onError: (error) => errors.push(error),
      },
      stop.signal,
    );
    expect(delays).toEqual([10_000, 20_000, 40_000, 10_000, 10_000]);
    expect(errors).toHaveLength(1);
  });
});
