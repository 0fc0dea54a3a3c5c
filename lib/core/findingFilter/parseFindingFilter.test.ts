import { describe, expect, it } from "vitest";
import { emptyFindingFilter } from "./FindingFilter.ts";
import { parseFindingFilter } from "./parseFindingFilter.ts";

describe("parseFindingFilter", () => {
  it.each([
    ["", {}],
    ["quartzrelay", { text: ["quartzrelay"] }],
    [
      "state:open,snoozed severity:critical,high",
      { state: ["open", "snoozed"], severity: ["critical", "high"] },
    ],
    ["is:overdue is:rolled-up", { is: ["overdue", "rolled_up"] }],
    ['owner:mine assignee:"Rui Prado"', { owner: ["mine"], assignee: ["Rui Prado"] }],
    ["rule:drift.redirect-added-new-site", { rule: ["drift.redirect-added-new-site"] }],
    ["look:reach host:Claude.ai", { look: ["reach"], host: ["claude.ai"] }],
    ["age:7d", { age: { from: 7 } }],
    ["age:1-7d", { age: { from: 1, to: 7 } }],
  ])("reads %j", (line, expected) => {
    expect(parseFindingFilter(line)).toEqual({ filter: { ...emptyFindingFilter, ...expected }, faults: [] });
  });

  it.each([
    ["state:closed", "“closed” is not a state. There are: open, acknowledged"],
    ["team:me", "“team:” is not a filter. There are: state, severity, is, look"],
    ["age:old", "Write how many days old"],
    ["assignee:", "Say what assignee should be, e.g. assignee:me or assignee:none."],
  ])("reports %j and goes on", (line, sentence) => {
    const { filter, faults } = parseFindingFilter(`${line} claude`);
    expect(faults[0]?.sentence).toContain(sentence);
    expect(filter.text).toEqual(["claude"]);
  });
});
