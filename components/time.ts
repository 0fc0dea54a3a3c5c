import { day, hour, minute, type Instant } from "#lib/core/Instant.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (n: number) => String(n).padStart(2, "0");

/** `21 Nov 2026, 13:10:04 UTC` */
export function exactTime(at: Instant): string {
  const t = new Date(at);
  return `${dayOf(at)}, ${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())} UTC`;
}

/** `21 Nov 2026` */
export function dayOf(at: Instant): string {
  const t = new Date(at);
  return `${t.getUTCDate()} ${months[t.getUTCMonth()]} ${t.getUTCFullYear()}`;
}

/** `now`, `4 min`, `2 h`, `3 d`, `5 mo`; with `ago`: `4 min ago`; in the future: `in 6 d`. */
export function relativeTime(at: Instant, now: Instant, ago = false): string {
  const gap = Math.abs(now - at);
  if (gap < 45_000) return ago ? "just now" : "now";
  const words =
    gap < 90 * minute
      ? `${Math.round(gap / minute)} min`
      : gap < 36 * hour
        ? `${Math.round(gap / hour)} h`
        : gap < 60 * day
          ? `${Math.round(gap / day)} d`
          : `${Math.round(gap / (30.44 * day))} mo`;
  if (at > now) return `in ${words}`;
  return ago ? `${words} ago` : words;
}

/** `3.1 s`, `4 min`, `2 h`: how long something took. */
export function duration(ms: number): string {
  if (ms < minute) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  return relativeTime(0, ms).replace("now", `${Math.round(ms / 1000)} s`);
}
