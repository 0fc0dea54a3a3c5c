import type { ShortLine } from "#lib/core/explain/aroundChanges.ts";
import { DiffLines } from "../DiffLines.tsx";
import { plural } from "../plural.ts";

/** The changed lines with what stands around them; how much was left out is said. */
export function ShortDiff({ lines, label }: { lines: readonly ShortLine[]; label: string }) {
  return (
    <DiffLines
      label={label}
      lines={lines.map((line) =>
        line.kind === "gap" ? { kind: "same", text: `⋯ ${plural(line.lines, "equal line")}` } : line,
      )}
    />
  );
}
