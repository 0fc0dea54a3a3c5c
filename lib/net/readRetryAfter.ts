import { day, second } from "#lib/core/Instant.ts";
import type { Instant } from "#lib/core/Instant.ts";

/** Retry-After in milliseconds, from seconds or a date (RFC 9110 §10.2.3), clamped to 1 s … 24 h. */
export function readRetryAfter(value: string | undefined, now: Instant): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const wait = /^\d{1,12}$/.test(text) ? Number(text) * second : dateOf(text) - now;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, second), day);
}

/** An HTTP date names its weekday; other things that Date.parse takes ("-5", "1.5") are not dates. */
function dateOf(text: string): Instant {
  return /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
}
