import { describe, expect, test } from "vitest";
import { day } from "#lib/core/Instant.ts";
import type { AnnouncedKey, KeyLife } from "#lib/core/keyTimeline/KeyLife.ts";
import { timeCauses } from "./timeCauses.ts";
import { timeRules } from "./timeRules.ts";
import type { SharedKey, TimeSubject } from "./TimeSubject.ts";

const now = Date.UTC(2026, 10, 21);

function key(jkt: string, days: number, more: Partial<KeyLife> = {}): KeyLife {
  const at = now - days * day;
  return {
    jkt,
    kid: jkt,
    kind: "EC P-256",
    firstSeenAt: at,
    lastSeenAt: now,
    removedAt: null,
    leakedAt: null,
    overlap: null,
    wantedOverlap: null,
    ...more,
  };
}

const announced = (inDays: number, more: Partial<AnnouncedKey> = {}): AnnouncedKey => ({
  jkt: "next-key-thumbprint",
  expectedBy: now + inDays * day,
  at: now - 20 * day,
  matchedAt: null,
  withdrawnAt: null,
  ...more,
});

const shared = (sameOwner: boolean, more = 0): SharedKey => ({
  jkt: "k1",
  clientId: "https://other.example/c",
  more,
  sameOwner,
});

const quiet: TimeSubject = {
  now,
  lifecycle: "approved",
  keys: [key("k1", 10)],
  approvedKeys: ["k1"],
  leakingKeys: [],
  announcements: [],
  sharedKeys: [],
  renewBy: null,
  validUntil: now + 90 * day,
  overlap: 7 * day,
};

describe("rules about time", () => {
  test.each<[string, Partial<TimeSubject>, readonly string[]]>([
    ["nothing", {}, []],
    ["a key of 149 days", { keys: [key("k1", 149)] }, []],
    ["a key of 150 days is told", { keys: [key("k1", 150)] }, ["low time.key-overdue k1"]],
    ["a key of 180 days", { keys: [key("k1", 180)] }, ["medium time.key-overdue k1"]],
    ["its rotation is under way", { keys: [key("k1", 200), key("k2", 3)] }, []],
    ["nobody removed the old one", { keys: [key("k1", 200), key("k2", 30)] }, ["medium time.key-overdue k1"]],
    ["an old key that is gone", { keys: [key("k0", 400, { removedAt: now - day }), key("k1", 9)] }, []],
    ["of a blocked client", { keys: [key("k1", 400)], lifecycle: "blocked" }, []],
    ["announced, not due", { announcements: [announced(1)] }, []],
    [
      "announced and missed",
      { announcements: [announced(-1)] },
      ["medium time.rotation-missed next-key-thumbprint"],
    ],
    ["announced and there", { announcements: [announced(-1, { matchedAt: now })] }, []],
    ["announced and withdrawn", { announcements: [announced(-1, { withdrawnAt: now })] }, []],
    [
      "leaked and still there",
      { keys: [key("k1", 10, { leakedAt: now - day })] },
      ["high time.key-leaked-still-approved k1"],
    ],
    ["leaked and replaced", { keys: [key("k1", 10, { leakedAt: now - day, removedAt: now })] }, []],
    ["leaking now", { keys: [key("k1", 10, { leakedAt: now - day })], leakingKeys: ["k1"] }, []],
    ["leaked, never approved", { keys: [key("k1", 10, { leakedAt: now })], approvedKeys: [] }, []],
    ["shared with a stranger", { sharedKeys: [shared(false, 2)] }, ["high time.key-shared k1"]],
    ["shared within a team", { sharedKeys: [shared(true)] }, ["medium time.key-shared k1"]],
    ["shared by a retired client", { sharedKeys: [shared(false)], lifecycle: "retired" }, []],
    ["a fresh copy", { renewBy: now + 8 * day }, []],
    ["a copy of a week", { renewBy: now + 7 * day }, ["low time.attestation-due "]],
    ["a copy of three days", { renewBy: now + 3 * day }, ["medium time.attestation-due "]],
    ["a copy past its date", { renewBy: now }, ["high time.attestation-overdue "]],
    ["an approval of fifteen days", { validUntil: now + 15 * day }, []],
    ["of fourteen", { validUntil: now + 14 * day }, ["low time.approval-ending "]],
    ["of three", { validUntil: now + 3 * day }, ["medium time.approval-ending "]],
    ["that ended", { validUntil: now - day }, ["medium time.approval-ending "]],
    ["without an end", { validUntil: null }, []],
    ["that was suspended", { validUntil: now, lifecycle: "suspended" }, []],
    [
      "several, most serious first",
      { keys: [key("k1", 400)], sharedKeys: [shared(false)], validUntil: now + 10 * day },
      ["high time.key-shared k1", "medium time.key-overdue k1", "low time.approval-ending "],
    ],
  ])("%s", (_, change, expected) => {
    const causes = timeCauses({ ...quiet, ...change });
    expect(causes.map(({ rule, severity, value }) => `${severity} ${rule} ${value}`)).toEqual(expected);
  });

  test("messages do not change from day to day while nothing happens", () => {
    const at = (later: number) =>
      timeCauses({
        ...quiet,
        now: now + later,
        keys: [key("k1", 400)],
        announcements: [announced(-1)],
        renewBy: now - day,
        validUntil: now - day,
      });
    expect(at(40 * day)).toEqual(at(0));
    expect(at(0)).toHaveLength(4);
  });

  test("every rule says what it is and why", () => {
    expect(new Set(timeRules.map(({ id }) => id)).size).toBe(timeRules.length);
    for (const rule of timeRules) {
      expect(rule.id).toMatch(/^time\.[a-z-]+$/);
      expect(`${rule.title}${rule.rationale}${rule.clause}`).not.toMatch(/undefined/);
    }
  });

  test("untrusted names are made visible", () => {
    const [cause] = timeCauses({ ...quiet, keys: [key("k1", 400, { kid: "a\u202eb" })] });
    expect(cause?.message).toContain("a\\u202Eb");
  });
});
