import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";

const words: Partial<Record<FetchOutcome, string>> = { ok: "read", not_modified: "unchanged" };

/** What came of a fetch, in a word or two. */
export function outcomeWords(outcome: FetchOutcome): string {
  return words[outcome] ?? outcome.replaceAll("_", " ");
}
