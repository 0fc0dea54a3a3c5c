import { day, type Instant } from "#lib/core/Instant.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Tick {
  readonly at: Instant;
  readonly label: string;
}

/** Round moments between two others, at most seven of them: days, months, quarters or years. */
export function ticksOf(from: Instant, to: Instant): Tick[] {
  const days = (to - from) / day;
  if (days <= 75) return dayTicks(from, to, days <= 21 ? 3 : days <= 42 ? 7 : 14);
  const step = [1, 2, 3, 6, 12, 24, 60].find((each) => days / (each * 30.44) <= 7) ?? 120;
  const start = new Date(from);
  const ticks: Tick[] = [];
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (let month = Math.ceil(first / step) * step; ; month += step) {
    const at = Date.UTC(Math.floor(month / 12), month % 12, 1);
    if (at >= to) return ticks;
    if (at > from) ticks.push({ at, label: monthLabel(month) });
  }
}

function monthLabel(month: number): string {
  const year = Math.floor(month / 12);
  return month % 12 === 0 ? String(year) : (months[month % 12] ?? "");
}

function dayTicks(from: Instant, to: Instant, step: number): Tick[] {
  const ticks: Tick[] = [];
  for (let at = Math.ceil(from / day) * day; at < to; at += step * day) {
    const date = new Date(at);
    ticks.push({ at, label: `${date.getUTCDate()} ${months[date.getUTCMonth()]}` });
  }
  return ticks;
}

/** Where a moment lies between two others: 0 to 1, held inside. */
export function place(at: Instant, from: Instant, to: Instant): number {
  return Math.min(1, Math.max(0, (at - from) / Math.max(1, to - from)));
}
