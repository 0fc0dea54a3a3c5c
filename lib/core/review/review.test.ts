import { describe, expect, test } from "vitest";
import type { PersonActor } from "../Actor.ts";
import { lifecycles, type Lifecycle } from "../client.ts";
import { day } from "../Instant.ts";
import type { Role } from "../role.ts";
import { mayVote } from "./mayVote.ts";
import { requiredVotes } from "./requiredVotes.ts";
import { tallyVotes, type CountedVote } from "./tallyVotes.ts";
import { requestObstacle, shrinkObstacle } from "./transitions.ts";

const person = (id: string, role: Role = "reviewer"): PersonActor => ({
  kind: "person",
  id,
  name: id,
  email: `${id}@example.com`,
  role,
  teamIds: [],
});
const subject = { state: "open", requestedBy: "asker", lastEditedBy: "editor", digest: "d1" };

describe("mayVote", () => {
  test.each([
    ["another reviewer", person("rui"), subject, "d1", undefined],
    ["an administrator", person("ada", "admin"), subject, "d1", undefined],
    ["the requester", person("asker"), subject, "d1", "requester"],
    ["the last editor", person("editor"), subject, "d1", "last_editor"],
    ["a member", person("mara", "member"), subject, "d1", "role"],
    ["an auditor", person("otto", "auditor"), subject, "d1", "role"],
    ["a reader of the old document", person("rui"), subject, "d0", "document_changed"],
    ["anybody after the decision", person("rui"), { ...subject, state: "approved" }, "d1", "closed"],
    ["a reviewer when the system asked", person("rui"), { ...subject, requestedBy: null }, "d1", undefined],
  ] as const)("%s", (_, who, what, seen, obstacle) => {
    expect(mayVote(who, what, seen, false)?.obstacle).toBe(obstacle);
  });

  test("solo lifts the rule of two people and nothing else", () => {
    expect(mayVote(person("asker"), subject, "d1", true)).toBeUndefined();
    expect(mayVote(person("asker", "member"), subject, "d1", true)?.obstacle).toBe("role");
    expect(mayVote(person("asker"), subject, "d0", true)?.obstacle).toBe("document_changed");
  });
});

describe("tallyVotes", () => {
  const vote = (personId: string, more: Partial<CountedVote> = {}): CountedVote => ({
    personId,
    verdict: "approve",
    digest: "d1",
    role: "reviewer",
    teamIds: [],
    ...more,
  });
  const rule = { digest: "d1", required: 1, tier: "low", solo: false } as const;
  const two = { ...rule, required: 2 };
  const critical = { ...two, tier: "critical" } as const;
  const admin = { role: "admin" } as const;
  const of = (...teamIds: string[]) => ({ teamIds });
  const less = (...values: string[]) => ({ excluded: values.map((value) => ({ member: "scope", value })) });

  test.each([
    ["nobody yet", [], rule, "open", 1],
    ["one of one", [vote("a")], rule, "approved", 0],
    ["one of two", [vote("a")], two, "open", 1],
    ["two of two", [vote("a"), vote("b")], two, "approved", 0],
    ["votes on another document", [vote("a", { digest: "d0" })], rule, "open", 1],
    ["a deny among approvals", [vote("a"), vote("b", { verdict: "deny" })], two, "denied", 0],
    ["a deny on another document", [vote("a", { verdict: "deny", digest: "d0" })], rule, "open", 1],
    ["an administrator alone", [vote("a", admin)], rule, "open", 1],
    ["two administrators", [vote("a", admin), vote("b", admin)], two, "open", 1],
    ["an administrator and a reviewer", [vote("a", admin), vote("b")], two, "approved", 0],
    ["an administrator alone, solo", [vote("a", admin)], { ...two, solo: true }, "approved", 0],
    ["critical, two of one team", [vote("a", of("x")), vote("b", of("x"))], critical, "open", 1],
    ["critical, two teams", [vote("a", of("x")), vote("b", of("y"))], critical, "approved", 0],
    ["critical, a team and none", [vote("a", of()), vote("b", of("y"))], critical, "open", 1],
    ["critical, the same two teams", [vote("a", of("x", "y")), vote("b", of("x", "y"))], critical, "open", 1],
    ["critical, one team more", [vote("a", of("x")), vote("b", of("x", "y"))], critical, "approved", 0],
    [
      "two who leave out the same, in another order",
      [vote("a", less("x", "y")), vote("b", less("y", "x"))],
      two,
      "approved",
      0,
    ],
    ["two who leave out different things", [vote("a", less("x")), vote("b", less("y"))], two, "open", 1],
    ["one who leaves something out and one who does not", [vote("a", less("x")), vote("b")], two, "open", 1],
    ["two of three agree", [vote("a", less("x")), vote("b"), vote("c", less("x"))], two, "approved", 0],
    ["a deny among selections", [vote("a", less("x")), vote("b", { verdict: "deny" })], two, "denied", 0],
    ["critical, one person of two teams", [vote("a", of("x", "y"))], critical, "open", 1],
  ] as const)("%s", (_, votes, rules, state, missing) => {
    expect(tallyVotes(votes, rules)).toMatchObject({ state, missing });
  });
});

describe("votes for different selections", () => {
  const vote = (personId: string, ...left: string[]): CountedVote => ({
    personId,
    name: personId,
    verdict: "approve",
    digest: "d1",
    role: "reviewer",
    teamIds: [],
    excluded: left.map((value) => ({ member: "scope", value })),
  });
  const rule = { digest: "d1", required: 3, tier: "low", solo: false } as const;

  test("are told apart by name, seen from one's own or from the one most share", () => {
    const votes = [vote("Jun", "x"), vote("Mara"), vote("Ada", "x")];
    expect(tallyVotes(votes, { ...rule, personId: "Mara" })).toMatchObject({
      approvals: 1,
      missing: 2,
      excluded: [],
      obstacle: "Jun and Ada accepted another selection, and only votes for the same one count together.",
    });
    expect(tallyVotes(votes, rule)).toMatchObject({
      approvals: 2,
      missing: 1,
      excluded: [{ member: "scope", value: "x" }],
      obstacle: "Mara accepted another selection, and only votes for the same one count together.",
    });
  });

  test("what was decided is what the deciding votes share", () => {
    const votes = [vote("Jun", "x"), vote("Mara"), vote("Ada", "x")];
    expect(tallyVotes(votes, { ...rule, required: 2, personId: "Mara" })).toMatchObject({
      state: "approved",
      excluded: [{ member: "scope", value: "x" }],
    });
  });
});

test("votes by tier", () => {
  const tiers = ["low", "medium", "high", "critical"] as const;
  expect(tiers.map((tier) => requiredVotes(tier, { active: true, role: "member" }))).toEqual([1, 1, 2, 2]);
  for (const asker of [
    undefined,
    { active: false, role: "member" },
    { active: true, role: "auditor" },
  ] as const)
    expect(tiers.map((tier) => requiredVotes(tier, asker))).toEqual([2, 2, 2, 2]);
});

describe("transitions", () => {
  const allowedFrom = (obstacle: (from: Lifecycle) => string | undefined) =>
    lifecycles.filter((from) => obstacle(from) === undefined).join(" ");
  const at = 100 * day;
  const ask = (kind: Parameters<typeof requestObstacle>[0], now = at) =>
    allowedFrom((lifecycle) => requestObstacle(kind, { lifecycle, lifecycleAt: at }, now));

  test("what may be asked for from where", () => {
    expect(ask("approve")).toBe("discovered pending retired");
    expect(ask("approve", at + 30 * day - 1)).toBe("discovered pending retired");
    expect(ask("approve", at + 30 * day)).toBe("discovered pending denied retired");
    expect(ask("change")).toBe("approved");
    expect(ask("unsuspend")).toBe("suspended");
    expect(ask("unblock")).toBe("blocked");
  });

  test("what one person may take away from where", () => {
    const shrink = (to: Parameters<typeof shrinkObstacle>[0]) =>
      allowedFrom((from) => shrinkObstacle(to, from));
    expect(shrink("suspended")).toBe("approved");
    expect(shrink("blocked")).toBe("discovered pending approved suspended denied");
    // Not from blocked: that would end an explicit deny with one person's word.
    expect(shrink("retired")).toBe("discovered pending approved suspended");
  });
});
