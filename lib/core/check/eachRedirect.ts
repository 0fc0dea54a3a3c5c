import type { CheckSeverity, Problem } from "./Check.ts";
import type { CheckFacts, RedirectFact } from "./factsOf.ts";

/** One problem for each redirect URI that `says` has a message for; the message is given the URI, safe to print. */
export function eachRedirect(
  facts: CheckFacts,
  says: (redirect: RedirectFact, shown: string) => string | undefined,
  severity?: CheckSeverity,
): Problem[] {
  const problems: Problem[] = [];
  for (const redirect of facts.redirects) {
    const message = says(redirect, redirect.shown);
    if (message !== undefined) problems.push({ message, path: redirect.path, severity });
  }
  return problems;
}
