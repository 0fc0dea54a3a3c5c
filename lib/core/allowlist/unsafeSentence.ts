import type { CheckResult } from "#lib/core/check/Check.ts";

/** What makes a live document nobody's proof of anything: it is another client's, or its private keys are public. */
export const unsafeRules: ReadonlySet<string> = new Set([
  "document.client-id-missing",
  "document.client-id-mismatch",
  "document.private-material",
  "key.private-material",
]);

/** Why a client must not be let in by its live document, whatever was approved; undefined when nothing of it is unsafe. */
export function unsafeSentence(results: readonly CheckResult[]): string | undefined {
  return results.find((result) => result.severity === "error" && unsafeRules.has(result.rule))?.message;
}
