import { day, type Instant } from "#lib/core/Instant.ts";
import type { KeyAgeWord } from "#lib/core/watch/time/keyAge.ts";
import type { KeyFate } from "./judgeKey.ts";

/** What is to be said of a key in one word, most urgent first. */
export const keyStates = [
  "leaked",
  "missed",
  "swapped",
  "cutover",
  "emptied",
  "early",
  "returned",
  "shared",
  "overdue",
  "removable",
  "due",
  "waiting",
  "announced",
  "sole",
  "newest",
  "retired",
] as const;

export type KeyState = (typeof keyStates)[number];

export interface StatedKey {
  readonly fate: KeyFate | "announced" | "missed";
  readonly age: KeyAgeWord | null;
  /** Another client publishes it, too. */
  readonly shared: boolean;
}

/** The most urgent thing there is to say. An old key whose rotation is under way is not overdue. */
export function keyStateOf({ fate, age, shared }: StatedKey): KeyState {
  const said: KeyState[] = [fate];
  if (shared && fate !== "retired") said.push("shared");
  if (age !== null && fate !== "waiting") said.push(age);
  return said.reduce((first, next) => (rankOf(next) < rankOf(first) ? next : first));
}

/** How long a rotation that went wrong stays among what needs a look. */
const newsworthy = 30 * day;

/** Lower is more urgent. What went wrong long ago stands behind everything that is in use. */
export function keyUrgency(state: KeyState, removedAt: Instant | null, now: Instant): number {
  return removedAt !== null && now - removedAt > newsworthy ? keyStates.length : rankOf(state);
}

/** Whether somebody should look at it. */
export function needsLook(state: KeyState, removedAt: Instant | null, now: Instant): boolean {
  return keyUrgency(state, removedAt, now) <= rankOf("overdue");
}

function rankOf(state: KeyState): number {
  return keyStates.indexOf(state);
}
