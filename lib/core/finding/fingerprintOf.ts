import { sha256Hex } from "#lib/core/sha256.ts";

/** One cause, one fingerprint: SHA-256 of rule, subject (a client_id, or a host) and value, in hex. */
export function fingerprintOf(cause: {
  readonly rule: string;
  readonly subject: string;
  readonly value: string;
}): string {
  return sha256Hex(JSON.stringify([cause.rule, cause.subject, cause.value]));
}
