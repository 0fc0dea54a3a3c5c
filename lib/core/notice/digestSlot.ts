import { day, hour, type Instant } from "#lib/core/Instant.ts";

/** The last moment at or before `now` at which a digest of that hour (0 to 23, UTC) was due. */
export function digestSlot(now: Instant, atHour: number): Instant {
  const today = Math.floor(now / day) * day + atHour * hour;
  return today <= now ? today : today - day;
}
