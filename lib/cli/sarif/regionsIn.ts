import { type Places, placesIn } from "#lib/core/document/placesIn.ts";
import type { SarifRegion } from "./Sarif.ts";

/** Finds the place of a JSON Pointer in a text; of the nearest value around it when there is nothing at the pointer. */
export type Locate = (pointer: string) => SarifRegion;

/** Reads a text once, however often it is asked. The text has no byte order mark. */
export function regionsIn(text: string): Locate {
  let read: { readonly places: Places; readonly lines: readonly number[] } | undefined;
  return (pointer) => {
    read ??= { places: placesIn(text), lines: lineStarts(text) };
    const { places, lines } = read;
    const found = nearest(places, pointer);
    if (found !== undefined) {
      const [start, end] = [positionOf(lines, found.start), positionOf(lines, found.end)];
      return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
    }
    // The whole: its first character, or where it stops being JSON.
    const { line, column } = positionOf(lines, places.brokenAt ?? 0);
    return { startLine: line, startColumn: column };
  };
}

function nearest({ of }: Places, pointer: string) {
  for (let path = pointer; path !== ""; path = path.slice(0, path.lastIndexOf("/"))) {
    const place = of.get(path);
    if (place !== undefined) return place;
  }
  return undefined;
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((end) => end.index + end[0].length)];
}

function positionOf(lines: readonly number[], offset: number): { line: number; column: number } {
  const after = lines.findIndex((start) => start > offset);
  const line = after < 0 ? lines.length : after;
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
}
