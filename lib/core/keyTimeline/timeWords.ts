import { day, hour, minute, type Instant } from "#lib/core/Instant.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `4 Dec 2026` */
export function dayText(at: Instant): string {
  const t = new Date(at);
  return `${t.getUTCDate()} ${months[t.getUTCMonth()]} ${t.getUTCFullYear()}`;
}

/** `9 days`, `1 day`, `5 hours`, `20 minutes`, rounded down: nobody is said to have waited longer than they did. */
export function spanText(milliseconds: number): string {
  const [count, unit] =
    milliseconds >= 2 * day
      ? [Math.floor(milliseconds / day), "day"]
      : milliseconds >= hour
        ? [Math.floor(milliseconds / hour), "hour"]
        : [Math.max(0, Math.floor(milliseconds / minute)), "minute"];
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
