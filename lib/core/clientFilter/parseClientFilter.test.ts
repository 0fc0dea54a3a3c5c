import { describe, expect, it } from "vitest";
import { emptyFilter } from "./ClientFilter.ts";
import { parseClientFilter } from "./parseClientFilter.ts";

describe("parseClientFilter", () => {
  it.each([
    ["", {}],
    ["   ", {}],
    ["Claude", { text: ["claude"] }],
    ["claude code", { text: ["claude", "code"] }],
    ['"claude code"', { text: ["claude code"] }],
    ["lifecycle:approved,pending", { lifecycle: ["approved", "pending"] }],
    ["Lifecycle:Approved lifecycle:approved", { lifecycle: ["approved"] }],
    ["lifecycle:expired", { lifecycle: ["expired"] }],
    ['owner:"AI Platform"', { owner: ["AI Platform"] }],
    ["owner:none", { owner: ["none"] }],
    ["sync:in-sync,held", { sync: ["in_sync", "held"] }],
    ["redirect:other-site", { redirect: ["other_site"] }],
    ["host:my-app.example", { host: ["my-app.example"] }],
    ["risk:high expires:30d", { risk: ["high"], expiresWithinDays: 30 }],
    ["expires:<7d", { expiresWithinDays: 7 }],
    ["https://claude.ai/oauth", { text: ["https://claude.ai/oauth"] }],
    ['owner:"open quote', { owner: ["open quote"] }],
  ])("reads %j", (line, expected) => {
    expect(parseClientFilter(line)).toEqual({
      filter: { ...emptyFilter, expiresWithinDays: undefined, ...expected },
      faults: [],
    });
  });

  it.each([
    ["colour:red", "“colour:” is not a filter. There are: lifecycle, sync, risk"],
    ["risk:huge", "“huge” is not a risk. There are: low, medium, high, critical."],
    ["owner:", 'Say what owner should be, e.g. owner:"AI Platform" or owner:none.'],
    ["expires:soon", "Write the days within which the approval ends, e.g. expires:30d."],
  ])("reports %j and goes on", (line, sentence) => {
    const { filter, faults } = parseClientFilter(`${line} claude`);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.sentence).toContain(sentence);
    expect(filter.text).toEqual(["claude"]);
  });

  it("keeps the good values beside a bad one", () => {
    const { filter, faults } = parseClientFilter("risk:high,huge");
    expect(filter.risk).toEqual(["high"]);
    expect(faults).toHaveLength(1);
  });

  it("reads at most a thousand characters", () => {
    expect(parseClientFilter("a".repeat(5_000)).filter.text[0]).toHaveLength(1_000);
  });
});
