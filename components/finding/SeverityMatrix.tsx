import Link from "next/link";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { findingsPath } from "../paths.ts";
import { SeverityChip } from "../SeverityChip.tsx";

export interface SeverityMatrixProps {
  bands: readonly { readonly from: number; readonly to: number | undefined }[];
  rows: readonly { readonly severity: DriftSeverity; readonly counts: readonly number[] }[];
}

/** How many findings are open, by severity and by how long: every number leads to its list. */
export function SeverityMatrix({ bands, rows }: SeverityMatrixProps) {
  const most = Math.max(1, ...rows.flatMap((row) => row.counts));
  return (
    <table className="w-full border-separate border-spacing-0 text-sm">
      <caption className="sr-only">Open findings by severity and age</caption>
      <thead>
        <tr className="text-xs text-ink-3">
          <th scope="col" className="px-3.5 py-1.5 text-left font-medium">
            Severity
          </th>
          {bands.map((band) => (
            <th key={band.from} scope="col" className="px-1 py-1.5 font-medium">
              {bandWords(band)}
            </th>
          ))}
          <th scope="col" className="px-3.5 py-1.5 text-right font-medium">
            All
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ severity, counts }) => {
          const all = counts.reduce((sum, count) => sum + count, 0);
          return (
            <tr key={severity}>
              <th scope="row" className="border-t border-line px-3.5 py-1.5 text-left font-normal">
                <SeverityChip severity={severity} />
              </th>
              {counts.map((count, at) => (
                <td key={bands[at]?.from} className="border-t border-line p-1 text-center tabular-nums">
                  <Cell
                    count={count}
                    share={count / most}
                    href={findingsPath(`severity:${severity} ${ageWord(bands[at])}`)}
                  />
                </td>
              ))}
              <td className="border-t border-line px-3.5 text-right tabular-nums">
                <Link
                  href={findingsPath(`severity:${severity}`)}
                  className="inline-block min-w-6 rounded-sm py-0.5 hover:underline"
                >
                  {all.toLocaleString("en")}
                </Link>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** A number on a ground that grows with it; zero is quiet. */
function Cell({ count, share, href }: { count: number; share: number; href: string }) {
  return (
    <Link
      href={href}
      className={`block rounded-sm py-0.5 hover:underline ${count === 0 ? "text-ink-3" : "font-medium"}`}
      style={
        count === 0
          ? undefined
          : {
              background: `color-mix(in oklab, var(--mute-soft), var(--line-strong) ${Math.round(share * 60)}%)`,
            }
      }
    >
      {count.toLocaleString("en")}
    </Link>
  );
}

function ageWord(band: { from: number; to: number | undefined } | undefined): string {
  if (!band) return "";
  return band.to === undefined ? `age:${band.from}d` : `age:${band.from}-${band.to}d`;
}

function bandWords({ from, to }: { from: number; to: number | undefined }): string {
  if (from === 0) return "today";
  return to === undefined ? `over ${from} d` : `${from}–${to} d`;
}
