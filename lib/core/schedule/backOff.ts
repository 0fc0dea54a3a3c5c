import { hour, minute } from "../Instant.ts";

const first = 5 * minute;
const last = 6 * hour;

/** Length of the nth step of a back-off, in milliseconds: doubling from 5 minutes up to 6 hours. */
export function backOff(step: number): number {
  return Math.min(first * 2 ** (Math.max(step, 1) - 1), last);
}
