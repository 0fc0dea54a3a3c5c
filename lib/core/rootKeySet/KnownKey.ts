import type { Instant } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyLife.ts";

/** A signing key of this installation, as far as a key set speaks of it. */
export interface KnownKey {
  readonly kid: string;
  readonly state: KeyState;
  readonly publicJwk: Readonly<Record<string, unknown>>;
  readonly publishedAt: Instant;
  readonly revokedAt?: Instant;
  readonly revokedReason?: string;
}
