import type { Instant } from "./Instant.ts";
import { day, hour, minute } from "./Instant.ts";

/** `next` is published but does not sign; `active` signs; `retiring` still verifies; `retired` is history. */
export type KeyState = "next" | "active" | "retiring" | "retired" | "revoked";

/** The life of one signing key so far. */
export interface KeyLife {
  readonly kid: string;
  readonly state: KeyState;
  /** When it first stood in the published key set. */
  readonly publishedAt: Instant;
  readonly activatedAt?: Instant;
  /** `exp` of the last head it signed. */
  readonly lastExp?: Instant;
}

export const publishedBeforeUse = day;
/** Twice the ten minutes a jose key cache may live: below it consumers would meet an unknown kid. */
export const publishedFloor = 20 * minute;
export const retireAfterExp = 5 * minute;
export const activeFor = 90 * day;

export type KeyAnswer =
  { readonly ok: true } | { readonly ok: false; readonly sentence: string; readonly from?: Instant };

/** Whether a key belongs in the published key set. */
export function inKeySet(state: KeyState): boolean {
  return state === "next" || state === "active" || state === "retiring";
}

/**
 * Whether a `next` key may start to sign: 24 hours after it was published, or 20 minutes when a person forces
 * it. The first key of an installation has no consumers yet and may start at once.
 */
export function mayActivate(
  key: KeyLife,
  now: Instant,
  how: { readonly forced?: boolean; readonly first?: boolean } = {},
): KeyAnswer {
  if (key.state !== "next") return no(`Only a next key can become active; this one is ${key.state}.`);
  if (how.first) return { ok: true };
  const wait = how.forced ? publishedFloor : publishedBeforeUse;
  const from = key.publishedAt + wait;
  if (now >= from) return { ok: true };
  const words = how.forced ? "20 minutes, even when forced" : "24 hours";
  return no(`A key is published for ${words}, before it signs.`, from);
}

/** Whether a `retiring` key may leave the key set: five minutes after the last head it signed has expired. */
export function mayRetire(key: KeyLife, now: Instant): KeyAnswer {
  if (key.state !== "retiring") return no(`Only a retiring key can retire; this one is ${key.state}.`);
  const from = (key.lastExp ?? 0) + retireAfterExp;
  return now >= from ? { ok: true } : no("A head signed by this key can still be in use.", from);
}

/** A key may be revoked from any state but `revoked`: it leaves the key set at once. */
export function mayRevoke(key: KeyLife): KeyAnswer {
  return key.state === "revoked" ? no("This key is already revoked.") : { ok: true };
}

/** One step the rotation timer should take now. */
export type RotationStep =
  | { readonly step: "create_next" }
  | { readonly step: "activate"; readonly kid: string; readonly retiring?: string }
  | { readonly step: "retire"; readonly kid: string };

/**
 * What is due now for the keys of one list family: a first key at once, a next key in time to have been
 * published for a day when the active one is 90 days old, the change-over, and the retirements.
 */
export function dueRotation(keys: readonly KeyLife[], now: Instant, period = activeFor): RotationStep[] {
  const active = keys.find((key) => key.state === "active");
  const next = keys.find((key) => key.state === "next");
  const steps: RotationStep[] = [];
  if (!active) {
    const first = !keys.some((key) => key.state !== "next");
    if (!next) steps.push({ step: "create_next" });
    else if (mayActivate(next, now, { first, forced: true }).ok)
      steps.push({ step: "activate", kid: next.kid });
  } else {
    const changeAt = (active.activatedAt ?? active.publishedAt) + period;
    if (!next && now >= changeAt - publishedBeforeUse - hour) steps.push({ step: "create_next" });
    if (next && now >= changeAt && mayActivate(next, now).ok)
      steps.push({ step: "activate", kid: next.kid, retiring: active.kid });
  }
  for (const key of keys) if (mayRetire(key, now).ok) steps.push({ step: "retire", kid: key.kid });
  return steps;
}

function no(sentence: string, from?: Instant): KeyAnswer {
  return { ok: false, sentence, ...(from === undefined ? {} : { from }) };
}
