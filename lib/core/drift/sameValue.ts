import { isObject } from "#lib/core/document/isObject.ts";

/** Whether two JSON values mean the same: members in any order, arrays as sets, absent like null. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || stableText(a) === stableText(b);
}

/** A text that is equal for values that mean the same. */
export function stableText(value: unknown): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(stableText))].sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${stableText(value[name])}`).join()}}`;
}

/** What `after` has that `before` has not. */
export function gained(before: readonly string[], after: readonly string[]): string[] {
  const had = new Set(before);
  return [...new Set(after)].filter((value) => !had.has(value));
}
