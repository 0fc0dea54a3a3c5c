import { useId } from "react";
import type { TimelineLine, TimelineOverlap } from "#lib/core/keyTimeline/keyTimeline.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { duration } from "../time.ts";
import { KeyTimelineTable } from "./KeyTimelineTable.tsx";
import { barHeight, isSafeLater, TimelineBar, type PlacedLine } from "./TimelineBar.tsx";
import { place, ticksOf } from "./timelineScale.ts";

export interface KeyTimelineProps {
  /** Oldest first, as `keyTimeline` gives them. */
  lines: readonly TimelineLine[];
  from: Instant;
  to: Instant;
  now: Instant;
  overlaps: readonly TimelineOverlap[];
  /** Leave the table out: only where the same stands beside it already. */
  bare?: boolean;
}

const most = 24;
const head = 18;

/**
 * The keys of a client over time: overlaps shaded, the time that was missing hatched, an announced key dashed. Places
 * are percentages, so that the text keeps its size on a phone.
 */
export function KeyTimeline({ lines, from, to, now, overlaps, bare = false }: KeyTimelineProps) {
  const id = useId();
  const shown = lines.slice(-most);
  const placed = placeLines(shown, now);
  const bottom = placed.reduce((end, { top, height }) => Math.max(end, top + height), head) + 4;
  const labels = overlapLabels(overlaps, from, to);
  const axis = bottom + (labels.length > 0 ? 18 : 4);
  const x = (at: Instant) => `${place(at, from, to) * 100}%`;
  return (
    <>
      <div className="px-3.5 pt-2 pb-2.5">
        <svg
          role="img"
          aria-labelledby={`${id}-title ${id}-text`}
          width="100%"
          height={axis + 20}
          className="block overflow-visible text-[11px] [font-family:var(--font-sans)]"
        >
          <title id={`${id}-title`}>Keys over time</title>
          <desc id={`${id}-text`}>{describe(lines, overlaps)}</desc>
          <defs>
            <pattern
              id={`${id}-gap`}
              width="6"
              height="6"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="6" height="6" fill="var(--stop-soft)" />
              <path d="M0 0V6" stroke="var(--stop)" strokeWidth="2.4" />
            </pattern>
          </defs>
          <g aria-hidden="true">
            {ticksOf(from, to).map(({ at, label }) => (
              <g key={at}>
                <line x1={x(at)} x2={x(at)} y1={head - 8} y2={axis} stroke="var(--line)" />
                <text x={x(at)} y={axis + 14} textAnchor="middle" fill="var(--ink-3)">
                  {label}
                </text>
              </g>
            ))}
            {overlaps.map((overlap) => (
              <Span
                key={`${overlap.from} ${overlap.to} ${overlap.missed}`}
                overlap={overlap}
                placed={placed}
                from={from}
                to={to}
                pattern={`url(#${id}-gap)`}
              />
            ))}
            <line x1={x(now)} x2={x(now)} y1={head - 8} y2={axis} stroke="var(--accent)" />
            {placed.map((each) => (
              <TimelineBar key={each.line.jkt} {...each} from={from} to={to} now={now} />
            ))}
            {labels.map(({ at, text, missed }) => (
              <text
                key={`${at} ${text}`}
                x={x(at)}
                dx={anchorOf(place(at, from, to)) === "end" ? -5 : undefined}
                y={bottom + 11}
                textAnchor={anchorOf(place(at, from, to))}
                fill={missed ? "var(--stop)" : "var(--ok)"}
                fontWeight="500"
              >
                {text}
              </text>
            ))}
            <text
              x={x(now)}
              y={9}
              textAnchor={anchorOf(place(now, from, to))}
              fill="var(--accent-ink)"
              fontWeight="500"
            >
              today
            </text>
          </g>
        </svg>
        {lines.length > most && (
          <p className="text-sm text-ink-3">
            The newest {most} of {lines.length} keys. The table has them all.
          </p>
        )}
      </div>
      {!bare && (
        <details className="border-t border-line">
          <summary className="px-3.5 py-2 text-sm text-ink-2">As a table</summary>
          <KeyTimelineTable lines={lines} now={now} />
        </details>
      )}
    </>
  );
}

function placeLines(lines: readonly TimelineLine[], now: Instant): PlacedLine[] {
  let top = head;
  return lines.map((line) => {
    const height = isSafeLater(line, now) ? 50 : 36;
    const placed = { line, top, height };
    top += height;
    return placed;
  });
}

function Span({
  overlap,
  placed,
  from,
  to,
  pattern,
}: {
  overlap: TimelineOverlap;
  placed: readonly PlacedLine[];
  from: Instant;
  to: Instant;
  pattern: string;
}) {
  const rows = placed.filter(({ line }) => touches(line, overlap));
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return null;
  const left = place(overlap.from, from, to);
  const width = Math.max(0.004, place(overlap.to, from, to) - left);
  return (
    <rect
      x={`${left * 100}%`}
      width={`${width * 100}%`}
      y={first.top + 12}
      height={last.top - first.top + barHeight + 10}
      fill={overlap.missed ? pattern : "var(--ok)"}
      stroke={overlap.missed ? "var(--stop)" : "none"}
      strokeWidth="0.6"
      opacity={overlap.missed ? 0.55 : 0.15}
    />
  );
}

/** Whether a key was published at some time within the overlap, or left when a gap began. */
function touches(
  { firstSeenAt, lastSeenAt, removedAt }: TimelineLine,
  { from, to, missed }: TimelineOverlap,
) {
  if (lastSeenAt === null) return false;
  if (missed) return removedAt === from || (firstSeenAt <= from && (removedAt === null || removedAt > from));
  return firstSeenAt <= from && (removedAt === null || removedAt >= to);
}

interface OverlapLabel {
  readonly at: Instant;
  readonly text: string;
  readonly missed: boolean;
}

/** As many as have room beside one another, the missed ones first, then the newest. */
function overlapLabels(overlaps: readonly TimelineOverlap[], from: Instant, to: Instant): OverlapLabel[] {
  const labels: OverlapLabel[] = [];
  for (const { from: start, to: end, missed } of overlaps.toSorted(
    (a, b) => Number(b.missed) - Number(a.missed) || b.to - a.to,
  )) {
    const at = (start + end) / 2;
    const free = labels.every((each) => Math.abs(each.at - at) / (to - from) > 0.26);
    const span = duration(end - start);
    if (free) labels.push({ at, text: missed ? `${span} missing` : `overlap ${span}`, missed });
  }
  return labels;
}

function anchorOf(x: number): "start" | "middle" | "end" {
  return x < 0.08 ? "start" : x > 0.92 ? "end" : "middle";
}

function describe(lines: readonly TimelineLine[], overlaps: readonly TimelineOverlap[]): string {
  if (lines.length === 0) return "No key was ever published.";
  const missed = overlaps.filter((each) => each.missed).length;
  const keys = lines.slice(-8).map((line) => `${line.kid ?? line.jkt.slice(0, 8)}: ${line.words}`);
  const gaps = missed > 0 ? ` ${missed === 1 ? "One overlap was" : `${missed} overlaps were`} missing.` : "";
  return `${keys.join(" ")}${gaps}`;
}
