import type { RiskTier } from "../client.ts";
import { minute, type Instant } from "../Instant.ts";
import { backOff } from "./backOff.ts";
import { clampRetryAfter, tryFloor } from "./nextTry.ts";
import { releaseAt } from "./releaseAt.ts";
import { share } from "./share.ts";

/** Different clients that must fail one after the other before their host is believed to be down. */
export const failuresToOpen = 5;
/** A probe that did not report within this time is lost, and another client may go. */
export const probePatience = 2 * minute;

/**
 * The circuit breaker of one host, as plain data.
 *
 * Needs stored, one row for every host that is not closed with nothing failed: this value, read and written in the
 * transaction that leases a client (`askBreaker`) and in the one that takes in its outcome (`tellBreaker`). A host with
 * fewer clients than `failuresToOpen` never opens: its clients have their own back-off.
 */
export type Breaker =
  | { readonly state: "closed"; readonly failed: readonly string[]; readonly failingSince?: Instant }
  | (Down & { readonly state: "open"; readonly probeAt: Instant })
  | (Down & { readonly state: "half_open"; readonly probe: string; readonly askedAt: Instant });

interface Down {
  /** When the first of the failures was seen: with `failures`, what `isUnreachable` asks for the clients that wait. */
  readonly failingSince: Instant;
  readonly failures: number;
  /** The step of the back-off, from 1; there is one probe in each. */
  readonly step: number;
  readonly stepEndsAt: Instant;
}

export const closedBreaker: Breaker = { state: "closed", failed: [] };

/** Either it may go, or it comes back at `waitUntil` and asks again. */
export type Permission =
  | { readonly breaker: Breaker; readonly go: true }
  | { readonly breaker: Breaker; readonly go: false; readonly waitUntil: Instant };

/**
 * Whether a client's visit may go to its host now. Closed: yes. Open: the first to ask when the step's probe is due goes
 * alone. Everybody else is sent to a moment within a period of its own tier after the probe, so that when the
 * breaker closes those who waited are already spread, and nobody has to be woken. Ask before taking a token, and again
 * when the token's moment has come.
 */
export function askBreaker(
  breaker: Breaker,
  client: { readonly clientId: string; readonly riskTier: RiskTier },
  now: Instant,
): Permission {
  if (breaker.state === "closed") return { breaker, go: true };
  const { clientId, riskTier } = client;
  if (breaker.state === "half_open" && breaker.probe === clientId) return { breaker, go: true };
  const free = breaker.state === "open" ? now >= breaker.probeAt : now - breaker.askedAt >= probePatience;
  if (!free) {
    const from = breaker.state === "open" ? breaker.probeAt : now;
    return { breaker, go: false, waitUntil: Math.max(releaseAt(clientId, riskTier, from), now + 1) };
  }
  const { failingSince, failures, step, stepEndsAt } = breaker;
  const probing: Breaker = {
    state: "half_open",
    failingSince,
    failures,
    step,
    stepEndsAt,
    probe: clientId,
    askedAt: now,
  };
  return { breaker: probing, go: true };
}

export interface HostNews {
  readonly host: string;
  readonly clientId: string;
  /** Whether the host failed: `speaksOfHost(outcome)`. */
  readonly failed: boolean;
  /** Milliseconds, from Retry-After. */
  readonly retryAfter?: number;
}

/**
 * The breaker after a visit. Any answer closes it. Failures of visits that were under way when it opened change nothing.
 * While the result is open, the client that failed should come next at `probeAt`, or the host is probed late.
 */
export function tellBreaker(breaker: Breaker, news: HostNews, now: Instant): Breaker {
  if (!news.failed) return closedBreaker;
  if (breaker.state === "open") return breaker;
  if (breaker.state === "half_open")
    return news.clientId === breaker.probe
      ? open(news, breaker.failingSince, breaker.failures + 1, breaker.step + 1, breaker.stepEndsAt, now)
      : breaker;
  const failed = breaker.failed.includes(news.clientId) ? breaker.failed : [...breaker.failed, news.clientId];
  const failingSince = breaker.failingSince ?? now;
  return failed.length < failuresToOpen
    ? { state: "closed", failed, failingSince }
    : open(news, failingSince, failed.length, 1, now, now);
}

/**
 * Steps lie end to end, and a host is probed at the same share of each: one probe per step, never further apart than
 * the longer of two steps, and hosts that went down together are not probed together.
 */
function open(
  { host, retryAfter }: HostNews,
  failingSince: Instant,
  failures: number,
  step: number,
  stepStartsAt: Instant,
  now: Instant,
): Breaker {
  const start = Math.max(stepStartsAt, now);
  const length = backOff(step);
  const wanted = start + Math.floor(share(host, "probe") * length);
  const asked = retryAfter === undefined ? 0 : clampRetryAfter(retryAfter);
  const probeAt = Math.max(wanted, now + tryFloor, now + asked);
  return {
    state: "open",
    failingSince,
    failures,
    step,
    stepEndsAt: Math.max(start + length, probeAt),
    probeAt,
  };
}
