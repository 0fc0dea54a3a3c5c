import { expect, test } from "vitest";
import { day, hour } from "#lib/core/Instant.ts";
import type { Cause } from "./Finding.ts";
import { reconcile, type KnownFinding } from "./reconcile.ts";

const now = 1_000 * day;

const cause: Cause = {
  rule: "drift.scope-widened",
  severity: "high",
  effect: "growth",
  message: "More scopes.",
  path: "/scope",
  after: ["admin"],
  value: "admin",
};

function known(part: Partial<KnownFinding> = {}): KnownFinding {
  return {
    fingerprint: "f",
    generation: 1,
    state: "open",
    severity: "high",
    effect: "growth",
    message: "More scopes.",
    path: "/scope",
    before: null,
    after: ["admin"],
    snapshotId: "s1",
    snoozedUntil: null,
    snoozedSnapshotId: null,
    clearedTimes: 0,
    lastSeenAt: now,
    resolvedAt: null,
    ...part,
  };
}

const stands = (part: Partial<Cause> = {}) => [{ cause: { ...cause, ...part }, fingerprint: "f" }];

test.each<[string, readonly KnownFinding[], ReturnType<typeof stands>, readonly unknown[]]>([
  ["nothing", [], [], []],
  ["a new cause opens", [], stands(), [{ kind: "open", fingerprint: "f", generation: 1 }]],
  [
    "of two with one fingerprint the graver counts",
    [],
    [...stands({ severity: "medium" }), ...stands({ severity: "critical" }), ...stands()],
    [{ kind: "open", cause: { severity: "critical" } }],
  ],
  ["what stands and says the same is left alone", [known()], stands(), []],
  [
    "but touched every hour",
    [known({ lastSeenAt: now - hour })],
    stands(),
    [{ kind: "keep", severityMoved: false }],
  ],
  ["another message", [known()], stands({ message: "Other." }), [{ kind: "keep", severityMoved: false }]],
  ["another value", [known()], stands({ after: ["root"] }), [{ kind: "keep", severityMoved: false }]],
  ["another severity", [known()], stands({ severity: "medium" }), [{ kind: "keep", severityMoved: true }]],
  [
    "one that had been gone once",
    [known({ clearedTimes: 1 })],
    stands(),
    [{ kind: "keep", severityMoved: false }],
  ],
  ["gone once", [known()], [], [{ kind: "clear" }]],
  ["gone twice", [known({ clearedTimes: 1 })], [], [{ kind: "resolve" }]],
  ["gone twice while dismissed", [known({ state: "dismissed", clearedTimes: 1 })], [], [{ kind: "resolve" }]],
  ["resolved and gone", [known({ state: "resolved", resolvedAt: now })], [], []],
  [
    "back after 30 days",
    [known({ state: "resolved", resolvedAt: now - 30 * day })],
    stands(),
    [{ kind: "regress" }],
  ],
  [
    "back later",
    [known({ state: "resolved", resolvedAt: now - 30 * day - 1 })],
    stands(),
    [{ kind: "open", generation: 2 }],
  ],
  [
    "the newest generation counts",
    [
      known({ generation: 2, state: "resolved", resolvedAt: now - 100 * day }),
      known({ generation: 3 }),
      known({ state: "resolved", resolvedAt: now - day }),
    ],
    stands(),
    [],
  ],
  ["dismissed stays dismissed", [known({ state: "dismissed" })], stands(), []],
  ["with a lesser cause too", [known({ state: "dismissed" })], stands({ severity: "low" }), []],
  [
    "dismissed and graver",
    [known({ state: "dismissed" })],
    stands({ severity: "critical" }),
    [{ kind: "reopen", why: "It grew from high to critical." }],
  ],
  ["waived stays waived", [known({ state: "waived" })], stands(), []],
  ["waived and graver", [known({ state: "waived" })], stands({ severity: "critical" }), [{ kind: "reopen" }]],
  [
    "snoozed until it changes, and it did not",
    [known({ state: "snoozed", snoozedSnapshotId: "s1" })],
    stands(),
    [],
  ],
  [
    "snoozed until it changes, and it did",
    [known({ state: "snoozed", snoozedSnapshotId: "s0" })],
    stands(),
    [{ kind: "reopen", why: "The document changed." }],
  ],
  [
    "snoozed until there is a document",
    [known({ state: "snoozed" })],
    stands(),
    [{ kind: "reopen", why: "The document changed." }],
  ],
  ["snoozed until a date", [known({ state: "snoozed", snoozedUntil: now + day })], stands(), []],
])("%s", (_, findings, causes, steps) => {
  const taken = reconcile({ now, snapshotId: "s1", known: findings, causes });
  expect(taken).toHaveLength(steps.length);
  expect(taken).toMatchObject(steps);
});

test("a look that is taken again after its steps were taken asks for none", () => {
  const first = reconcile({ now, snapshotId: "s1", known: [], causes: stands() });
  expect(first).toHaveLength(1);
  expect(reconcile({ now, snapshotId: "s1", known: [known()], causes: stands() })).toEqual([]);
});
