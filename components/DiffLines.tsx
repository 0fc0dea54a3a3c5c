import clsx from "clsx";
import type { ReactNode } from "react";

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
          className={clsx(
            "flex flex-wrap items-baseline gap-x-2.5 px-2.5 py-1 md:flex-nowrap",
            looks[line.kind][0],
          )}
        >
          <span aria-hidden="true" className="w-2 shrink-0 select-none">
            {looks[line.kind][1]}
          </span>
          {looks[line.kind][2] && <span className="sr-only">{looks[line.kind][2]}</span>}
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap">{line.text}</span>
          {line.note && <span className="font-sans text-xs md:max-w-[46%] md:text-right">{line.note}</span>}
        </li>
      ))}
    </ul>
  );
}
