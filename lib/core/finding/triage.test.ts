import { describe, expect, test } from "vitest";
import { systemActor, type Actor, type PersonActor } from "#lib/core/Actor.ts";
import type { Role, TokenRole } from "#lib/core/role.ts";
import { findingStates, type FindingProposal } from "./Finding.ts";
import { actsFrom, needsSecond, triageObstacle, type FindingAct, type TriageSubject } from "./triage.ts";

const proposal: FindingProposal = { kind: "dismiss", reason: "duplicate", note: "F-3", by: "rui", at: 0 };

function person(id: string, role: Role, ...teamIds: string[]): PersonActor {
  return { kind: "person", id, name: id, email: `${id}@example.com`, role, teamIds };
}
function token(role: TokenRole): Actor {
  return { kind: "token", id: role, name: role, role, audienceId: null };
}
function finding(part: Partial<TriageSubject> = {}): TriageSubject {
  return {
    state: "open",
    severity: "high",
    assigneeId: "nils",
    ownerTeamId: "platform",
    proposal: null,
    ...part,
  };
}

const actors = {
  owner: person("mara", "member", "platform"),
  stranger: person("lena", "member", "sales"),
  assignee: person("nils", "member"),
  reviewer: person("sofia", "reviewer"),
  proposer: person("rui", "reviewer"),
  admin: person("ada", "admin"),
  auditor: person("otto", "auditor", "platform"),
  operator: token("operator"),
  reader: token("reader"),
  ci: token("ci"),
  consumer: token("consumer"),
  system: systemActor,
};
type Name = keyof typeof actors;

const everyone = Object.keys(actors) as Name[];
const triagers: Name[] = ["owner", "reviewer", "proposer", "admin", "system"];
const lighter: Name[] = [...triagers, "assignee", "operator"];

describe("who", () => {
  test.each<[FindingAct, Name[]]>([
    ["acknowledge", lighter],
    ["assign", lighter],
    ["snooze", lighter],
    ["dismiss", triagers],
    ["waive", triagers],
    ["reopen", triagers],
    ["confirm", ["reviewer", "admin", "system"]],
    ["decline", ["reviewer", "proposer", "admin", "system"]],
  ])("may %s: %j", (act, allowed) => {
    const second = act === "confirm" || act === "decline";
    const subject = finding({
      state: act === "reopen" ? "dismissed" : "open",
      proposal: second ? proposal : null,
    });
    for (const name of everyone) {
      const obstacle = triageObstacle(act, subject, actors[name]);
      expect([name, obstacle?.code]).toEqual([name, allowed.includes(name) ? undefined : "not_allowed"]);
      if (obstacle) expect(obstacle.sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  test("nobody but reviewers where no one team owns it", () => {
    const subject = finding({ ownerTeamId: null, assigneeId: null });
    expect(triageObstacle("acknowledge", subject, actors.owner)?.sentence).toBe(
      "No one team owns what this finding is about: a reviewer or an administrator triages it.",
    );
    expect(triageObstacle("acknowledge", subject, actors.reviewer)).toBeUndefined();
  });
});

describe("from which state", () => {
  const acts = Object.keys(actsFrom) as FindingAct[];
  test.each(acts)("%s", (act) => {
    const second = act === "confirm" || act === "decline";
    for (const state of findingStates) {
      const subject = finding({ state, proposal: second ? proposal : null });
      const obstacle = triageObstacle(act, subject, actors.admin);
      expect([state, obstacle?.code]).toEqual([
        state,
        actsFrom[act].includes(state) ? undefined : "conflict",
      ]);
      if (obstacle) expect(obstacle.sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.each<[FindingAct, FindingProposal | null, RegExp]>([
    ["confirm", null, /^Nothing is proposed/],
    ["decline", null, /^Nothing is proposed/],
    ["dismiss", proposal, /already proposed to dismiss it/],
    ["waive", proposal, /already proposed to dismiss it/],
  ])("%s with %j", (act, standing, sentence) => {
    expect(triageObstacle(act, finding({ proposal: standing }), actors.admin)).toMatchObject({
      code: "conflict",
      sentence: expect.stringMatching(sentence) as string,
    });
  });
});

test.each([
  ["critical", false, true],
  ["high", false, true],
  ["medium", false, false],
  ["low", false, false],
  ["info", false, false],
  ["critical", true, false],
] as const)("%s, solo %s: a second person %s", (severity, solo, second) => {
  expect(needsSecond("dismiss", severity, solo)).toBe(second);
  expect(needsSecond("waive", severity, solo)).toBe(second);
});
