import { day, second, type Instant } from "#lib/core/Instant.ts";
import { normalShape, shapeDigest } from "./normalShape.ts";
import type { SightedReport } from "./sightingsInput.ts";
import type { SightingShape } from "./SightingShape.ts";

/** One client in one way on one day. */
export interface CountedSighting {
  readonly clientId: string;
  readonly day: Instant;
  readonly shape: SightingShape;
  readonly shapeDigest: string;
  readonly allowed: number;
  readonly refused: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** How old a sighting may be when it comes: reports wait while the publisher is down. */
const oldest = 8 * day;
/** OAuth's client_id (RFC 6749 §A.1), and no longer than a URL that can be used at all. */
const writable = /^[\x21-\x7e]{1,2048}$/;

/**
 * The lines of a report, those that say the same added up, in the order of their client_ids; `leftOut` had no usable
 * client_id. A server's clock is believed only as far as it can be true: no sighting is later than now.
 */
export function countSightings(
  report: Pick<SightedReport, "sightings">,
  now: Instant,
): { readonly counted: readonly CountedSighting[]; readonly leftOut: number } {
  const counted = new Map<string, CountedSighting>();
  let leftOut = 0;
  for (const line of report.sightings) {
    if (!writable.test(line.client_id)) {
      leftOut++;
      continue;
    }
    const within = (seconds: number) => Math.min(now, Math.max(now - oldest, seconds * second));
    const lastAt = within(line.last_at);
    const shape = normalShape(line.shape);
    const digest = shapeDigest(shape);
    const midnight = lastAt - (lastAt % day);
    const key = `${line.client_id} ${midnight} ${digest}`;
    const one: CountedSighting = {
      clientId: line.client_id,
      day: midnight,
      shape,
      shapeDigest: digest,
      allowed: line.allowed,
      refused: line.refused,
      outcomes: line.outcomes,
      firstAt: Math.min(lastAt, within(line.first_at)),
      lastAt,
    };
    const other = counted.get(key);
    counted.set(key, other ? together(other, one) : one);
  }
  return { counted: [...counted.values()].sort((a, b) => (a.clientId < b.clientId ? -1 : 1)), leftOut };
}

function together(a: CountedSighting, b: CountedSighting): CountedSighting {
  return {
    ...a,
    allowed: sum(a.allowed, b.allowed),
    refused: sum(a.refused, b.refused),
    outcomes: addOutcomes(a.outcomes, b.outcomes),
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
  };
}

/** Counts of both, code by code. */
export function addOutcomes(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const all = new Map(Object.entries(a));
  for (const [code, times] of Object.entries(b)) all.set(code, sum(all.get(code) ?? 0, times));
  return Object.fromEntries(all);
}

/** The database's integers have 32 bits. */
function sum(a: number, b: number): number {
  return Math.min(1_000_000_000, a + b);
}
