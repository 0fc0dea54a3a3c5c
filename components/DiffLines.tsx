import clsx from "clsx";
import type { ReactNode } from "react";
import { Breakable } from "./Breakable.tsx";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** The consequence, at the end of the line. */
  note?: ReactNode;
}

const looks = {
  same: ["text-ink-3", " ", ""],
  added: ["bg-add text-add-ink", "+", "Added: "],
  removed: ["bg-del text-del-ink", "−", "Removed: "],
} as const;

/** Lines with − and +, monospaced, the consequence at the end of each. */
export function DiffLines({ lines, label }: { lines: readonly DiffLine[]; label: string }) {
  return (
    <ul aria-label={label} className="overflow-hidden rounded-md border border-line font-mono text-[12.3px]">
      {lines.map((line, index) => (
        <li
          key={index}
          className={clsx("grid grid-cols-[8px_minmax(0,1fr)] gap-x-2.5 px-2.5 py-1", looks[line.kind][0])}
        >
          <span aria-hidden="true" className="select-none">
            {looks[line.kind][1]}
          </span>
          <span className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-2.5">
            {looks[line.kind][2] && <span className="sr-only">{looks[line.kind][2]}</span>}
            <span className="min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap">
              <Breakable text={line.text} />
            </span>
            {line.note && <span className="ml-auto text-right font-sans text-xs">{line.note}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
