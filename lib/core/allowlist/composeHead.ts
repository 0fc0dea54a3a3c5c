import type { Instant } from "#lib/core/Instant.ts";
import { day, minute, second } from "#lib/core/Instant.ts";
import type { HeadClaims, HeadDeny, LogCheckpoint } from "./wire.ts";

export const maxDenies = 200;
export const minLifetime = 15 * minute;
export const maxLifetime = 7 * day;

export interface HeadInput {
  /** Base URL of the publisher, and the URL of this head. */
  readonly iss: string;
  readonly sub: string;
  readonly now: Instant;
  /** Milliseconds, 15 minutes to 7 days. */
  readonly lifetime: number;
  /** Seconds: the poll hint, as on the wire. */
  readonly ttl: number;
  readonly epoch: number;
  readonly seq: number;
  readonly rev: number;
  /** SHA-256 (hex) of the previous head's compact string. */
  readonly prev?: string;
  readonly root: string;
  readonly count: number;
  readonly deny: readonly HeadDeny[];
  readonly ns?: string;
  readonly keysVersion?: number;
  readonly log?: LogCheckpoint;
}

/** The claims of a head (docs/allowlist.md §2). Throws RangeError when a limit of the format is broken. */
export function composeHead(input: HeadInput): HeadClaims {
  if (input.lifetime < minLifetime || input.lifetime > maxLifetime)
    throw new RangeError("A head lives 15 minutes to 7 days.");
  for (const name of ["epoch", "seq", "rev", "ttl"] as const)
    if (!Number.isSafeInteger(input[name]) || input[name] < 1)
      throw new RangeError(`${name} must be a positive whole number.`);
  if (!/^[0-9a-f]{64}$/.test(input.root)) throw new RangeError("root must be 64 hex digits.");
  if (input.deny.length > maxDenies) throw new RangeError(`A head carries at most ${maxDenies} denies.`);
  if (input.deny.some((deny) => !deny.client_id && !deny.host && !deny.jkt))
    throw new RangeError("Every deny names a client_id, a host or a jkt.");

  const iat = Math.floor(input.now / second);
  return {
    iss: input.iss,
    sub: input.sub,
    iat,
    exp: iat + Math.floor(input.lifetime / second),
    v: 1,
    epoch: input.epoch,
    seq: input.seq,
    rev: input.rev,
    ...(input.prev ? { prev: input.prev } : {}),
    ttl: input.ttl,
    root: input.root,
    count: input.count,
    deny: [...input.deny],
    ...(input.ns ? { ns: input.ns } : {}),
    ...(input.keysVersion ? { keys_version: input.keysVersion } : {}),
    ...(input.log ? { log: input.log } : {}),
  };
}
