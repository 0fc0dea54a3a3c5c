import type { CheckFacts } from "./factsOf.ts";

/** Whether the server would not let us read: says nothing about the document while an earlier good copy is kept. */
export function isUnread({ response, lastGoodCopy }: CheckFacts): boolean {
  const status = response?.status ?? 0;
  return lastGoodCopy === true && (status === 401 || status === 403 || status === 429 || status >= 500);
}
