import type { ClientIdProblemKind } from "#lib/core/clientId/parseClientId.ts";
import type { CheckSeverity, Problem } from "./Check.ts";
import type { CheckFacts } from "./factsOf.ts";

/** The problems of one kind that reading the client_id found, as a check reports them. */
export function clientIdProblems(
  facts: CheckFacts,
  kind: ClientIdProblemKind,
  severity?: CheckSeverity,
): Problem[] {
  return facts.client.problems
    .filter((problem) => problem.kind === kind)
    .map(({ message }) => ({ message, path: "client_id", severity }));
}
