import { minute, type Instant } from "../Instant.ts";

export const unreachableFailures = 3;
export const unreachableSpan = 30 * minute;

/** Whether failures in a row count: only after three that span half an hour. One bad minute of a host is not news. */
export function isUnreachable(failures: number, failingSince: Instant, now: Instant): boolean {
  return failures >= unreachableFailures && now - failingSince >= unreachableSpan;
}
