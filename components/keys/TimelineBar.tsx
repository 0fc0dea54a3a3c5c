import type { ReactNode } from "react";
import type { TimelineLine } from "#lib/core/keyTimeline/keyTimeline.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { dayOf } from "../time.ts";
import { place } from "./timelineScale.ts";

/** A line and where it is drawn, in pixels from the top. */
export interface PlacedLine {
  readonly line: TimelineLine;
  readonly top: number;
  readonly height: number;
}

export const barHeight = 13;

/** Words stay readable where a line runs through them. */
const legible = { stroke: "var(--surface)", strokeWidth: 3, paintOrder: "stroke" } as const;

/** Whether the day on which it may go is still to come. */
export function isSafeLater({ safeAt, leakedAt }: TimelineLine, now: Instant): boolean {
  return leakedAt === null && safeAt != null && safeAt > now;
}

/** One key: its name above a bar, and what happened to it as signs on the bar. */
export function TimelineBar({
  line,
  top,
  from,
  to,
  now,
}: PlacedLine & { from: Instant; to: Instant; now: Instant }) {
  const announced = line.lastSeenAt === null;
  const left = place(line.firstSeenAt, from, to);
  const right = announced ? 1 : place(line.removedAt ?? now, from, to);
  const width = Math.max(0.006, right - left);
  const look = lookOf(line);
  const y = top + 15;
  const atStart = left < 0.5;
  // Today's line is never written across.
  const end = announced ? right : Math.min(left + width, place(now, from, to));
  return (
    <>
      <text
        x={`${(atStart ? left : end) * 100}%`}
        dx={atStart || announced ? undefined : -5}
        y={top + 10}
        textAnchor={atStart ? "start" : "end"}
        fill={announced ? "var(--ink-2)" : "var(--ink)"}
        {...legible}
      >
        <tspan className="font-mono">{short(line)}</tspan>
        <tspan fill="var(--ink-3)">
          {announced
            ? ` · ${line.fate === "missed" ? "expected" : "announced for"} ${shortDay(line.firstSeenAt)}`
            : ` · ${line.kind}`}
        </tspan>
      </text>
      <rect
        x={`${left * 100}%`}
        y={y}
        width={`${width * 100}%`}
        height={barHeight}
        rx="4"
        fill={look.fill}
        stroke={look.stroke}
        strokeDasharray={announced ? "4 3" : undefined}
      />
      {line.announcedFor !== null && !announced && (
        <Flag at={place(line.announcedFor, from, to)} y={y} stroke="var(--ink-3)" />
      )}
      {line.leakedAt !== null && <Leak at={place(line.leakedAt, from, to)} y={y} />}
      {isSafeLater(line, now) && line.safeAt != null && (
        <Safe at={place(line.safeAt, from, to)} y={y} text={`safe to remove ${shortDay(line.safeAt)}`} />
      )}
      {endedBadly(line) && <Cross at={right} y={y} />}
    </>
  );
}

function lookOf({ leakedAt, lastSeenAt, removedAt, fate }: TimelineLine): { fill: string; stroke: string } {
  if (lastSeenAt === null)
    return { fill: "none", stroke: fate === "missed" ? "var(--stop)" : "var(--ink-3)" };
  if (leakedAt !== null) return { fill: "var(--crit-soft)", stroke: "var(--crit)" };
  if (removedAt !== null) return { fill: "var(--mute-soft)", stroke: "var(--field-line)" };
  if (fate === "waiting" || fate === "removable") return { fill: "var(--low-soft)", stroke: "var(--low)" };
  if (fate === "returned") return { fill: "var(--high-soft)", stroke: "var(--high)" };
  return { fill: "var(--ok-soft)", stroke: "var(--ok)" };
}

function endedBadly({ fate }: TimelineLine): boolean {
  return fate === "early" || fate === "cutover" || fate === "emptied" || fate === "swapped";
}

/** The day it was announced for. */
function Flag({ at, y, stroke }: { at: number; y: number; stroke: string }) {
  const x = `${at * 100}%`;
  return <line x1={x} x2={x} y1={y - 2} y2={y + barHeight + 2} stroke={stroke} strokeDasharray="2 2" />;
}

/** A shape at a percentage: an SVG inside the SVG is the only thing that can be placed so. */
function Mark({ at, y, children }: { at: number; y: number; children: ReactNode }) {
  return (
    <svg x={`${at * 100}%`} y={y} overflow="visible">
      {children}
    </svg>
  );
}

function Leak({ at, y }: { at: number; y: number }) {
  return (
    <Mark at={at} y={y}>
      <path d="M0 -1 7.5 13.5H-7.5z" fill="var(--crit)" stroke="var(--surface)" strokeWidth="1" />
      <path d="M0 4V8.6M0 10.4V11.4" stroke="var(--surface)" strokeWidth="1.5" />
    </Mark>
  );
}

function Cross({ at, y }: { at: number; y: number }) {
  return (
    <Mark at={at} y={y}>
      <circle cy={barHeight / 2} r="6" fill="var(--surface)" stroke="var(--stop)" />
      <path d="M-2.4 4.1 2.4 8.9M2.4 4.1-2.4 8.9" stroke="var(--stop)" strokeWidth="1.5" />
    </Mark>
  );
}

function Safe({ at, y, text }: { at: number; y: number; text: string }) {
  return (
    <>
      <Mark at={at} y={y}>
        <path d={`M0 -3V${barHeight + 6}`} stroke="var(--low)" strokeDasharray="3 2" />
        <path d={`M0 ${barHeight + 1} 4 ${barHeight + 7}H-4z`} fill="var(--low)" />
      </Mark>
      <text
        x={`${at * 100}%`}
        dx={at < 0.5 ? 8 : -8}
        y={y + barHeight + 11}
        textAnchor={at < 0.5 ? "start" : "end"}
        fill="var(--low)"
        {...legible}
      >
        {text}
      </text>
    </>
  );
}

/** Its kid, as far as there is room for it. */
function short({ kid, jkt }: TimelineLine): string {
  if (kid === null) return `${jkt.slice(0, 8)}…`;
  return kid.length > 24 ? `${kid.slice(0, 23)}…` : kid;
}

/** `4 Dec` */
function shortDay(at: Instant): string {
  return dayOf(at).replace(/ \d+$/, "");
}
