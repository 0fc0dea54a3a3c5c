import { day, type Instant } from "../Instant.ts";
import { visitJitter } from "./nextVisit.ts";

/**
 * Whether the next request must be sent without If-None-Match and If-Modified-Since: once a day, since a 304 is only
 * the host's word that nothing changed. A day less the jitter of visits, or a client visited daily would be read whole every other day.
 * Needs stored: when the document was last asked for unconditionally (null: never).
 */
export function mustBeUnconditional(lastUnconditionalAt: Instant | null, now: Instant): boolean {
  if (lastUnconditionalAt === null || lastUnconditionalAt > now) return true;
  return now - lastUnconditionalAt >= day * (1 - visitJitter);
}
