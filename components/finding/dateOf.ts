import type { Instant } from "#lib/core/Instant.ts";

/** The day (UTC) as a date field wants it: `2026-11-21`. */
export function dateOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 10);
}
