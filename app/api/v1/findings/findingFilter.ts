import { parseFindingWords } from "#lib/core/finding/parseFindingWords.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { FindingListFilter } from "#lib/views/findings/findingList.ts";

export const findingParameters = [
  "state",
  "severity",
  "rule",
  "client",
  "host",
  "team",
  "overdue",
  "assignee",
] as const;

/** The filter that a query's parameters ask for; without a state, what nobody has decided. */
export function findingFilter(query: {
  readonly [Name in (typeof findingParameters)[number]]?: string;
}): FindingListFilter {
  const { client, host, rule, team, overdue, assignee } = query;
  if (overdue !== undefined && overdue !== "true" && overdue !== "false") {
    const sentence = "It is true or false.";
    throw new Refusal("invalid_input", `overdue: ${sentence}`, { overdue: sentence });
  }
  return {
    ...parseFindingWords(query),
    ...(client === undefined ? {} : { client }),
    ...(host === undefined ? {} : { host }),
    ...(rule === undefined ? {} : { rule }),
    ...(team === undefined ? {} : { teamId: team }),
    ...(overdue === "true" ? { overdue: true } : {}),
    ...(assignee === undefined ? {} : { assigneeId: assignee === "none" ? null : assignee }),
  };
}
