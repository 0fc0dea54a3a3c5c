import clsx from "clsx";
import Link from "next/link";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { clientPath } from "./paths.ts";
import { plural } from "./plural.ts";
import { Shape, type ShapeName } from "./Shape.tsx";
import { dayOf } from "./time.ts";

export interface StripDay {
  readonly day: number;
  readonly severity: DriftSeverity;
  readonly changes: number;
  readonly message: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface StripOutage {
  readonly from: number;
  readonly to: number;
  readonly kind: "challenged" | "unreachable" | "gone";
  readonly since: Instant;
  readonly until: Instant | null;
}

export interface StripRow {
  readonly client: { readonly id: string; readonly name: string };
  readonly known: number;
  readonly drift: readonly StripDay[];
  readonly unread: readonly StripOutage[];
}

export interface DriftStripProps {
  days: readonly Instant[];
  rows: readonly StripRow[];
}

const looks: Record<DriftSeverity, readonly [fill: string, shape: ShapeName, word: string]> = {
  critical: ["bg-crit", "triangle", "critical"],
  high: ["bg-high", "diamond", "high"],
  medium: ["bg-med", "square", "medium"],
  low: ["bg-low", "dot", "low"],
  info: ["bg-info", "ring", "info"],
};

export const kinds = {
  challenged: "answered with a bot challenge",
  unreachable: "could not be reached",
  gone: "was gone from its address",
} as const;

/**
 * Client × day: one cell a day with the sign of its worst change; hatched is "could not be read", which is not "no
 * change"; days before it was known are left out. The same in words with each name, and as a table below.
 */
export function DriftStrip({ days, rows }: DriftStripProps) {
  return (
    <div className="grid gap-2 px-3.5 py-3">
      <ul className="grid" aria-label={`Drift from ${dayOf(days[0] ?? 0)} to ${dayOf(days.at(-1) ?? 0)}`}>
        {rows.map((row) => (
          <li
            key={row.client.id}
            data-row=""
            className="grid min-h-6 items-center gap-x-3 rounded-sm md:grid-cols-[132px_minmax(0,1fr)] max-md:py-1"
          >
            <Link
              href={clientPath(row.client.id)}
              data-open=""
              className="min-w-0 truncate text-sm text-ink-2 md:text-right"
            >
              {row.client.name}
              <span className="sr-only">: {told(row, days)}</span>
            </Link>
            <Cells row={row} days={days} />
          </li>
        ))}
      </ul>
      <Axis days={days} />
      <p className="text-xs text-ink-3 md:hidden">The last two weeks; the table has all six.</p>
    </div>
  );
}

function Cells({ row, days }: { row: StripRow; days: readonly Instant[] }) {
  const place = (from: number, to = from) => ({
    left: `calc(${from} * 100% / ${days.length} + 1px)`,
    width: `calc(${to - from + 1} * 100% / ${days.length} - 2px)`,
  });
  return (
    <div aria-hidden="true" className="relative h-[15px] overflow-hidden">
      <div className="absolute inset-y-0 right-0 w-[300%] md:w-full">
        <div
          className="absolute inset-y-0 right-0 bg-mute-soft"
          style={{
            left: `calc(${row.known} * 100% / ${days.length})`,
            maskImage: `repeating-linear-gradient(to left, transparent 0 1px, #000 1px calc(100% / ${days.length - row.known} - 1px), transparent calc(100% / ${days.length - row.known} - 1px) calc(100% / ${days.length - row.known}))`,
          }}
        />
        {row.unread.map((outage) => (
          <span
            key={outage.from}
            title={`${kinds[outage.kind]} ${span(outage)}`}
            style={place(outage.from, outage.to)}
            className="absolute inset-y-0 rounded-[3px] border border-line-strong bg-surface bg-[repeating-linear-gradient(135deg,var(--ink-3)_0_1px,transparent_1px_4px)]"
          />
        ))}
        {row.drift.map((day) => {
          const [fill, shape] = looks[day.severity];
          return (
            <Link
              key={day.day}
              href={changeHref(row.client.id, day)}
              tabIndex={-1}
              prefetch={false}
              title={`${dayOf(days[day.day] ?? 0)}: ${day.message}`}
              style={place(day.day)}
              className={clsx(
                "absolute! inset-y-0 grid place-items-center overflow-hidden rounded-[3px] text-surface",
                fill,
              )}
            >
              <Shape name={shape} />
            </Link>
          );
        })}
      </div>
    </div>
  );
}

/** Where the change is shown: its document before and after. */
export function changeHref(id: string, { before, after }: StripDay): string {
  return before === null || after === null
    ? `${clientPath(id)}/history`
    : `${clientPath(id)}/document?from=${before}&to=${after}`;
}

function Axis({ days }: { days: readonly Instant[] }) {
  const marks = days.flatMap((at, index) =>
    index % 14 === 0 || index === days.length - 1 ? [[at, index] as const] : [],
  );
  return (
    <div aria-hidden="true" className="grid gap-x-3 md:grid-cols-[132px_minmax(0,1fr)]">
      <span className="max-md:hidden" />
      <div className="relative h-4 overflow-hidden text-xs text-ink-3">
        <div className="absolute inset-y-0 right-0 w-[300%] md:w-full">
          {marks.map(([at, index]) => (
            <span
              key={index}
              className={clsx("absolute top-0 whitespace-nowrap", index === days.length - 1 && "right-0")}
              style={
                index === days.length - 1 ? undefined : { left: `calc(${index} * 100% / ${days.length})` }
              }
            >
              {dayOf(at).replace(/ \d{4}$/, "")}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** The row in words. */
function told(row: StripRow, days: readonly Instant[]): string {
  const drift = row.drift.map(
    (day) => `${dayOf(days[day.day] ?? 0)} ${looks[day.severity][2]}, ${plural(day.changes, "change")}`,
  );
  const unread = row.unread.map((outage) => `${kinds[outage.kind]} ${span(outage)}`);
  return [...drift, ...unread].join("; ") || "no change";
}

export function span({ since, until }: StripOutage): string {
  const [from, to] = [dayOf(since), until === null ? "now" : dayOf(until)];
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}
