import { day } from "#lib/core/Instant.ts";

/** Age at which a key is to be replaced, and at which its owner is told; milliseconds. */
export const keyAge = { overdue: 180 * day, due: 150 * day } as const;

/** `overdue` is a finding, `due` is told. */
export type KeyAgeWord = "due" | "overdue";

/** What the age of a published key, in milliseconds, asks for; null while it is young. */
export function keyAgeOf(age: number): KeyAgeWord | null {
  if (age >= keyAge.overdue) return "overdue";
  return age >= keyAge.due ? "due" : null;
}
