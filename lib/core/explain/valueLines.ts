import { visibleText } from "#lib/core/document/visibleText.ts";

/** One line of a comparison. */
export interface ValueLine {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

const maxLines = 60;

/**
 * What was there against what is there, as lines: sets value by value with what stayed first, anything else as a whole.
 * Undefined or null is nothing. Invisible characters are escaped; at most 60 lines, the last then says how many more.
 */
export function valueLines(before: unknown, after: unknown): ValueLine[] {
  const [had, has] = [linesOf(before), linesOf(after)];
  const sets = Array.isArray(before) || Array.isArray(after);
  const lines: ValueLine[] = [
    ...(sets
      ? had.filter((line) => has.includes(line)).map((text) => ({ kind: "same" as const, text }))
      : []),
    ...had.filter((line) => !sets || !has.includes(line)).map((text) => ({ kind: "removed" as const, text })),
    ...has.filter((line) => !sets || !had.includes(line)).map((text) => ({ kind: "added" as const, text })),
  ];
  if (lines.length <= maxLines) return lines;
  const changed = lines.filter((line) => line.kind !== "same");
  const shown = (changed.length <= maxLines ? changed : changed.slice(0, maxLines - 1)).slice(0, maxLines);
  const more = lines.length - shown.length;
  return [...shown, { kind: "same", text: `… and ${more} more` }];
}

function linesOf(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(asText);
}

function asText(value: unknown): string {
  return visibleText(typeof value === "string" ? value : JSON.stringify(value), 2_000);
}
