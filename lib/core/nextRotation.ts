import type { Instant } from "./Instant.ts";
import { activeFor, mayActivate, nextKey, publishedBeforeUse, type KeyLife } from "./keyLife.ts";

/** What a person can do next about the signing keys, and from when. */
export interface NextRotation {
  /** `publish` a next key, let it `sign`, or `wait` (for the worker, for time, for a root). */
  readonly step: "publish" | "sign" | "wait";
  /** The next key, when there is one. */
  readonly kid: string | null;
  /** From when it may sign; null: something else must happen first. */
  readonly from: Instant | null;
  /** The same when a person forces it. */
  readonly forcedFrom: Instant | null;
  /** When the timer takes the step by itself. */
  readonly byItselfAt: Instant | null;
  readonly sentence: string;
}

/** The next step of a rotation. `asked`: a next key was asked for and the worker has not made it yet. */
export function nextRotation(keys: readonly KeyLife[], now: Instant, asked: boolean): NextRotation {
  const active = keys.find((key) => key.state === "active");
  const next = nextKey(keys);
  const changeAt = active ? (active.activatedAt ?? active.publishedAt) + activeFor : null;
  const none = { kid: null, from: null, forcedFrom: null, byItselfAt: null };
  if (!active)
    return {
      ...none,
      step: "wait",
      kid: next?.kid ?? null,
      sentence:
        "No key signs at the moment. The worker takes care of it within seconds; if it does not, it is not running.",
    };
  if (!next)
    return asked
      ? { ...none, step: "wait", sentence: "A next key was asked for: the worker makes it within seconds." }
      : active.external
        ? {
            ...none,
            step: "wait",
            sentence:
              "The active key is held by the signing service, and so is its successor: make one there and run rollcall keys adopt.",
          }
        : {
            ...none,
            step: "publish",
            byItselfAt: changeAt === null ? null : changeAt - publishedBeforeUse,
            sentence:
              "There is no next key. Publish one now: it is what signs at once when the active key must be revoked.",
          };
  const answer = mayActivate(next, now);
  const forced = mayActivate(next, now, { forced: true });
  const from = answer.ok ? now : (answer.from ?? null);
  const forcedFrom = forced.ok ? now : (forced.from ?? null);
  const byItselfAt = from === null || changeAt === null ? null : Math.max(from, changeAt);
  const sentence = answer.ok
    ? "The next key is known to every server and may sign."
    : from === null
      ? answer.sentence
      : `${answer.sentence} Twenty minutes are enough when it is forced.`;
  return {
    step: answer.ok || forced.ok ? "sign" : "wait",
    kid: next.kid,
    from,
    forcedFrom,
    byItselfAt,
    sentence,
  };
}
