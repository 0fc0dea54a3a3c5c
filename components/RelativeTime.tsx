import type { Instant } from "#lib/core/Instant.ts";
import { exactTime, relativeTime } from "./time.ts";

export interface RelativeTimeProps {
  at: Instant;
  /** The same `now` for the whole screen, from the view. */
  now: Instant;
  /** "4 min ago" instead of "4 min". */
  ago?: boolean;
}

/** An age; the exact time shows on hover and on focus. */
export function RelativeTime({ at, now, ago }: RelativeTimeProps) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      data-exact={exactTime(at)}
      tabIndex={0}
      className="tabular-nums"
    >
      {relativeTime(at, now, ago)}
      <span className="sr-only"> ({exactTime(at)})</span>
    </time>
  );
}
