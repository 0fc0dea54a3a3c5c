import type { ConstraintDifference, ConstraintLine } from "#lib/core/namespace/constraintWords.ts";
import { DiffLines, type DiffLine } from "../DiffLines.tsx";
import { KeyValue } from "../KeyValue.tsx";

/** What every client of a namespace must keep to, in words. */
export function ConstraintList({ lines }: { lines: readonly ConstraintLine[] }) {
  return (
    <KeyValue
      wide
      rows={lines.map(({ label, values }) => [
        label,
        values.length === 0 ? (
          <span className="text-ink-3">none</span>
        ) : (
          <ul>
            {values.map((value) => (
              <li key={value}>
                <code>{value}</code>
              </li>
            ))}
          </ul>
        ),
      ])}
    />
  );
}

/** What a proposal adds to the constraints. What it took away acted at once and is no longer in them. */
export function ConstraintDiff({ difference }: { difference: readonly ConstraintDifference[] }) {
  return (
    <ul className="grid gap-2.5">
      {difference
        .filter(({ added, removed }) => added.length + removed.length > 0)
        .map(({ label, kept, added, removed }) => (
          <li key={label} className="grid gap-1">
            <p className="text-sm font-medium">{label}</p>
            <DiffLines
              label={label}
              lines={[
                ...kept.map((text): DiffLine => ({ kind: "same", text })),
                ...removed.map((text): DiffLine => ({ kind: "removed", text })),
                ...added.map((text): DiffLine => ({ kind: "added", text, note: "waits for two people" })),
              ]}
            />
          </li>
        ))}
    </ul>
  );
}
