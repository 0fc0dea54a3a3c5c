import type { FilterFault } from "#lib/core/clientFilter/ClientFilter.ts";
import { readFilterWords } from "#lib/core/clientFilter/readFilterWords.ts";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { conditionWords, emptyFindingFilter, stateWords, type FindingFilter } from "./FindingFilter.ts";

const closed: Record<string, readonly string[]> = {
  state: stateWords,
  severity: driftSeverities,
  is: conditionWords,
  look: ["document", "reach", "time", "sight"],
};
const open = ["owner", "assignee", "rule", "host", "age"];

export const findingFilterKinds: readonly string[] = [...Object.keys(closed), ...open];

/** Reads the filter language of the list of findings. Never throws: a word it cannot use is left out and reported. */
export function parseFindingFilter(line: string): {
  filter: FindingFilter;
  faults: readonly FilterFault[];
} {
  const { found, faults } = readFilterWords(line, { closed, open, asTyped: ["owner", "assignee"], example });
  const { age: ages = [], ...rest } = found;
  let age: FindingFilter["age"];
  for (const value of ages) {
    const parts = /^(\d{1,4})(?:-(\d{1,4}))?d?$/.exec(value);
    if (parts === null)
      faults.push({
        word: `age:${value}`,
        sentence: "Write how many days old, at least or between: age:7d or age:1-7d.",
      });
    else age = { from: Number(parts[1]), ...(parts[2] ? { to: Number(parts[2]) } : {}) };
  }
  return { filter: { ...emptyFindingFilter, ...rest, ...(age ? { age } : {}) }, faults };
}

function example(kind: string): string {
  if (kind === "owner") return 'owner:"AI Platform" or owner:mine';
  if (kind === "assignee") return "assignee:me or assignee:none";
  if (kind === "rule") return "rule:drift.redirect-added-new-site";
  if (kind === "host") return "host:claude.ai";
  return kind === "age" ? "age:7d" : `${kind}:${closed[kind]?.[0] ?? ""}`;
}
