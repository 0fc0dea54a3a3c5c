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
  /**
   * Since when the newest root-signed key set, and all since then, name it; null when the newest does not. Absent: there
   * are no key sets here.
   */
  readonly namedAt?: Instant | null;
  /** Its private key is held by an external signer. */
  readonly external?: boolean;
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
 * it; where there are root-signed key sets, after one named it. The first key of an installation has no consumers yet
 * and may start at once. So may any key after the active one was revoked: lists signed by nobody would help nobody.
 */
export function mayActivate(
  key: KeyLife,
  now: Instant,
  how: { readonly forced?: boolean; readonly first?: boolean; readonly emergency?: boolean } = {},
): KeyAnswer {
  if (key.state !== "next") return no(`Only a next key can become active; this one is ${key.state}.`);
  if (how.first || how.emergency) return { ok: true };
  if (key.namedAt === null)
    return no(
      "The newest key set does not name this key, so servers that follow the root would refuse its lists. Have the next key set signed first: rollcall root propose.",
    );
  const wait = how.forced ? publishedFloor : publishedBeforeUse;
  const from = Math.max(key.publishedAt, key.namedAt ?? 0) + wait;
  if (now >= from) return { ok: true };
  const words = how.forced ? "20 minutes, even when forced," : "24 hours";
  return no(`A key is published for ${words} before it signs.`, from);
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
 * What is due now for the keys of one list family: a first key at once, another one after the active was revoked, a next key in time to have been
 * published for a day when the active one is 90 days old, the change-over, and the retirements.
 */
export function dueRotation(keys: readonly KeyLife[], now: Instant, period = activeFor): RotationStep[] {
  const active = keys.find((key) => key.state === "active");
  const next = nextKey(keys);
  const steps: RotationStep[] = [];
  if (!active) {
    const first = !keys.some((key) => key.state !== "next");
    const emergency = keys.some((key) => key.state === "revoked");
    if (!next) steps.push({ step: "create_next" });
    else if (mayActivate(next, now, { first, emergency, forced: true }).ok)
      steps.push({ step: "activate", kid: next.kid });
  } else {
    const changeAt = (active.activatedAt ?? active.publishedAt) + period;
    // A key in a database never follows one of an external signer by itself.
    if (!next && !active.external && now >= changeAt - publishedBeforeUse - hour)
      steps.push({ step: "create_next" });
    if (next && now >= changeAt && mayActivate(next, now).ok)
      steps.push({ step: "activate", kid: next.kid, retiring: active.kid });
  }
  for (const key of keys) if (mayRetire(key, now).ok) steps.push({ step: "retire", kid: key.kid });
  return steps;
}

/** The next key that servers know best: named by the newest key set if any is, then published first. */
export function nextKey(keys: readonly KeyLife[]): KeyLife | undefined {
  return keys
    .filter((key) => key.state === "next")
    .sort(
      (a, b) => Number(b.namedAt != null) - Number(a.namedAt != null) || a.publishedAt - b.publishedAt,
    )[0];
}

function no(sentence: string, from?: Instant): KeyAnswer {
  return { ok: false, sentence, ...(from === undefined ? {} : { from }) };
}
