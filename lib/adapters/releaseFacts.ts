import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { second } from "#lib/core/Instant.ts";
import type { ExportedList } from "./Adapter.ts";

/** Which release an export is of, named as in a head; times in seconds since the epoch. */
export function releaseFacts(list: ExportedList) {
  return {
    list: list.list,
    rev: list.rev,
    seq: list.seq,
    iat: Math.floor(list.issuedAt / second),
    exp: Math.floor(list.expiresAt / second),
  };
}

export function entriesByClientId(list: ExportedList): Record<string, AllowlistEntry> {
  return Object.fromEntries(list.entries.map(({ clientId, entry }) => [clientId, entry]));
}
