import type { TokenActor } from "#lib/core/Actor.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

export interface LiveToken {
  readonly actor: TokenActor;
  /** Null: it has no end. */
  readonly expiresAt: Instant | null;
}

/** Every API token that was not revoked, by the SHA-256 of the token. As many as administrators made. */
export async function liveTokens(db: Read): Promise<ReadonlyMap<string, LiveToken>> {
  const rows = await findAll(db, "apiToken", { revokedAt: null });
  return new Map(
    rows.map(({ id, name, role, audienceId, tokenHash, expiresAt }) => [
      tokenHash,
      { actor: { kind: "token", id, name, role, audienceId }, expiresAt },
    ]),
  );
}
