import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";

/** What is wrong with a body counts as one way to fail. */
const ofBody: ReadonlySet<FetchOutcome> = new Set<FetchOutcome>(["ok", "too_large", "bad_encoding"]);

/** Whether the look before failed in the same way as this one; `ok` is a failure when it came with an unusable body. */
export function isRepeated(
  before: { readonly failures: number; readonly lastOutcome: FetchOutcome | null },
  outcome: FetchOutcome,
): boolean {
  if (before.failures === 0 || before.lastOutcome === null) return false;
  return before.lastOutcome === outcome || (ofBody.has(before.lastOutcome) && ofBody.has(outcome));
}
