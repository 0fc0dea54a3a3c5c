import type { Difference } from "#lib/core/explain/describeDifferences.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { DiffLines } from "../DiffLines.tsx";
import { SeverityChip } from "../SeverityChip.tsx";

const kinds = { "+": "added", "-": "removed", " ": "same" } as const;

/** What differs, field by field: a sentence, why it matters, then the lines. */
export function Differences({ differences }: { differences: readonly Difference[] }) {
  return (
    <ul className="@container">
      {differences.map((each) => (
        <li
          key={each.field}
          className="grid border-b border-line last:border-0 @min-[560px]:grid-cols-[172px_minmax(0,1fr)]"
        >
          <div className="border-line px-3.5 pt-3 @min-[560px]:border-r @min-[560px]:pb-3">
            <SeverityChip severity={each.severity} />
            <code className="mt-1.5 block [overflow-wrap:anywhere] text-ink-2">{each.field}</code>
          </div>
          <div className="min-w-0 px-3.5 py-3">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{each.sentence}</h3>
            <p className="mt-0.5 mb-2 max-w-[74ch] text-ink-2">{each.why}</p>
            <DiffLines
              label={`Lines of ${each.field}`}
              lines={each.lines.map((line) => ({
                kind: kinds[line.sign],
                text: visibleText(line.text, 2_000),
                note: line.note,
              }))}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
