import type { CheckSeverity } from "#lib/core/check/Check.ts";
import { plural } from "../plural.ts";

const words = [
  ["error", "error"],
  ["warning", "warning"],
  ["info", "note"],
] as const satisfies readonly (readonly [CheckSeverity, string])[];

/** What came of the checks, in a few words: `3 warnings, 2 notes of 114 checks`. */
export function checkNote(results: readonly { readonly severity: CheckSeverity }[], all: number): string {
  const said = words.flatMap(([severity, word]) => {
    const n = results.filter((result) => result.severity === severity).length;
    return n === 0 ? [] : [plural(n, word)];
  });
  return said.length === 0 ? `all ${all} passed` : `${said.join(", ")} of ${plural(all, "check")}`;
}
