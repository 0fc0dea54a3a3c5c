import { visibleText } from "#lib/core/document/visibleText.ts";

/** A value in quotes, safe to print. */
export function quoted(value: string, max = 120): string {
  return `"${visibleText(value, max)}"`;
}

/** Values in quotes as a phrase: the first three, and how many more there are. */
export function phrase(values: readonly string[]): string {
  const shown = values.slice(0, values.length > 4 ? 3 : 4).map((value) => quoted(value));
  const more = values.length - shown.length;
  const all = more > 0 ? [...shown, `${more} more`] : shown;
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

/** "the callback" or "3 callbacks". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `one ${one}` : `${count} ${many}`;
}
