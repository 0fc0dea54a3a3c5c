import { describe, expect, it } from "vitest";
import { minute } from "#lib/core/Instant.ts";
import type { Row } from "#lib/db/rows.ts";
import { serverState, type ReportedInstance } from "./serverState.ts";

const now = 1_790_000_000_000;
const latest = { epoch: 1, rev: 9 };
const signedAt = (rev: number) => now - (9 - rev) * minute;

const consumer = (part: Partial<Row<"consumer">> = {}): Row<"consumer"> => ({
  id: "c",
  audienceId: "a",
  name: "idp-eu",
  tokenId: null,
  createdAt: now,
  lastPullAt: now,
  lastPullSeq: 1,
  ...part,
});

function instance(rev: number | null, report: Partial<Row<"report">> = {}, epoch = 1): ReportedInstance {
  const head = { epoch, rev, issuedAt: now - minute, cause: "approve" } as Row<"head">;
  return {
    report: {
      instance: "i-0",
      digest: rev === null ? null : "d",
      receivedAt: now,
      checkedAt: now,
      activatedAt: now - minute + 1_400,
      errorCode: null,
      errorDetail: null,
      mode: "mirror",
      enforcement: "enforce",
      software: "x/1",
      seq: 3,
      ...report,
    } as Row<"report">,
    head: rev === null ? undefined : head,
  };
}

describe("serverState", () => {
  it.each([
    ["current", [instance(9)]],
    ["behind", [instance(7)]],
    ["behind", [instance(9), instance(7)]],
    ["behind", [instance(12, {}, 0)]],
    ["stale", [instance(9, { receivedAt: now - 11 * minute })]],
    ["current", [instance(9, { receivedAt: now - 11 * minute })], 600],
    ["stale", [instance(9, { receivedAt: now - 31 * minute })], 600],
    ["failing", [instance(9, { errorCode: "unknown_kid" })]],
    ["starting", [instance(null)]],
    ["divergent", [instance(9), { ...instance(null, { digest: "forged" }) }]],
  ] as const)("is %s", (condition, instances, ttl?: number) => {
    const newest = { ...latest, ttl };
    expect(serverState(consumer(), instances, newest, signedAt, now).condition).toBe(condition);
  });

  it("counts what a server lacks and since when", () => {
    const state = serverState(consumer(), [instance(9), instance(7)], latest, signedAt, now);
    expect(state).toMatchObject({ rev: 7, behind: 2, behindSince: signedAt(8), instances: 2 });
  });

  it.each([
    ["when it is ahead", { checkedAt: now + 90_000 }, 90_000],
    ["when it is behind", { checkedAt: now - 90_000 }, -90_000],
    ["not when it is a little off", { checkedAt: now - 50_000 }, null],
    ["not when its last good look is old", { checkedAt: now - 90_000, errorCode: "network" }, null],
    ["not before it looked", { checkedAt: 0 }, null],
  ])("tells that a clock is wrong %s", (_, report, clockSkew) => {
    const state = serverState(consumer(), [instance(9, report)], latest, signedAt, now);
    expect(state.clockSkew).toBe(clockSkew);
    expect(state.sentence.includes("clock")).toBe(clockSkew !== null);
  });

  it("says how long a release took to be in force", () => {
    expect(serverState(consumer(), [instance(9)], latest, signedAt, now).pickedUpIn).toBe(1_400);
  });

  it("tells a server that never pulled from one that never reports", () => {
    expect(serverState(consumer({ lastPullAt: null }), [], latest, signedAt, now).condition).toBe("never");
    expect(serverState(consumer(), [], latest, signedAt, now).condition).toBe("silent");
  });
});
