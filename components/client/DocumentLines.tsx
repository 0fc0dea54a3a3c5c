import clsx from "clsx";
import type { CheckSeverity } from "#lib/core/check/Check.ts";
import type { PrettyLine } from "#lib/core/explain/prettyLines.ts";
import { Shape, type ShapeName } from "../Shape.tsx";

export interface LineMark {
  readonly path: string;
  readonly severity: CheckSeverity;
  readonly message: string;
}

const looks: Record<CheckSeverity, readonly [string, string, ShapeName, string]> = {
  error: ["bg-del", "text-stop", "cross", "Error"],
  warning: ["bg-hold-soft", "text-hold", "diamond", "Warning"],
  info: ["bg-info-soft", "text-info", "ring", "Info"],
};
const order: readonly CheckSeverity[] = ["error", "warning", "info"];

/** A document line by line; lines that a check points at are marked and link to it. */
export function DocumentLines({
  lines,
  marks = [],
  label,
  checks = "#checks",
}: {
  lines: readonly PrettyLine[];
  marks?: readonly LineMark[];
  label: string;
  /** Where the checks are shown. */
  checks?: string;
}) {
  const placed = place(lines, marks);
  return (
    <ol
      aria-label={label}
      tabIndex={0}
      translate="no"
      className="max-h-[70vh] overflow-auto py-2 font-mono text-[12.3px] leading-[19px]"
    >
      {lines.map((line, index) => {
        const found = placed.get(index);
        const worst = found?.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))[0];
        const look = worst && looks[worst.severity];
        return (
          <li key={index} className={clsx("flex gap-2 px-3.5", look?.[0])}>
            <span aria-hidden="true" className="w-6 shrink-0 text-right text-ink-3 select-none">
              {index + 1}
            </span>
            <span className={clsx("mt-[5.5px] w-2 shrink-0", look?.[1])}>
              {look && (
                <a
                  href={checks}
                  className="block"
                  title={found?.map((mark) => mark.message).join("\n")}
                  aria-label={`${look[3]} here: ${found?.map((mark) => mark.message).join(" ")}`}
                >
                  <Shape name={look[2]} />
                </a>
              )}
            </span>
            <span className="min-w-0 -indent-[4ch] pl-[4ch] break-all whitespace-pre-wrap">{line.text}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** The line of each mark: the one of its place, else of the nearest place around it. */
function place(lines: readonly PrettyLine[], marks: readonly LineMark[]): Map<number, LineMark[]> {
  const at = new Map(
    lines.flatMap((line, index) => (line.pointer === null ? [] : [[line.pointer, index] as const])),
  );
  const placed = new Map<number, LineMark[]>();
  for (const mark of marks) {
    if (!mark.path.startsWith("/")) continue;
    let path = mark.path;
    while (path !== "" && !at.has(path)) path = path.slice(0, path.lastIndexOf("/"));
    const index = path === "" ? undefined : at.get(path);
    if (index !== undefined) placed.set(index, [...(placed.get(index) ?? []), mark]);
  }
  return placed;
}
