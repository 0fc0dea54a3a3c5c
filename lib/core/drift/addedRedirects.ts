import type { DriftProblem } from "./Drift.ts";
import type { DriftSubject } from "./DriftSubject.ts";
import type { RedirectGrade } from "./gradeRedirect.ts";
import type { AddedRedirect } from "./redirectDrift.ts";
import { phrase } from "./words.ts";

/** One problem for the added redirects of these grades, if there are any; the sentence is given them as a phrase. */
export function addedRedirects(
  { redirects }: DriftSubject,
  grades: readonly RedirectGrade[],
  says: (uris: string, added: readonly AddedRedirect[]) => Omit<DriftProblem, "path" | "after"> | string,
): DriftProblem[] {
  const added = redirects.added.filter(({ grade }) => grades.includes(grade));
  const [first] = added;
  if (first === undefined) return [];
  const after = added.map(({ uri }) => uri);
  const said = says(phrase(after), added);
  return [
    {
      ...(typeof said === "string" ? { message: said } : said),
      path: added.length === 1 ? first.path : "/redirect_uris",
      after,
    },
  ];
}

/** Hosts of added redirects as a phrase. */
export function hostsOf(added: readonly AddedRedirect[]): string {
  return phrase([...new Set(added.map(({ owner, host, uri }) => owner?.host ?? host ?? uri))]);
}
