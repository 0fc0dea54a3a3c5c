import type { Instant } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyLife.ts";
import type { TokenRole } from "#lib/core/role.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

export interface TokenLine {
  readonly id: string;
  readonly name: string;
  readonly role: TokenRole;
  readonly by: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
  readonly works: boolean;
}

export interface KeyLine {
  readonly kid: string;
  readonly alg: string;
  readonly state: KeyState;
  readonly publishedAt: Instant;
  readonly activatedAt: Instant | null;
  readonly retiredAt: Instant | null;
}

export interface TokensAndKeys {
  readonly now: Instant;
  readonly tokens: readonly TokenLine[];
  readonly keys: readonly KeyLine[];
}

const order: readonly KeyState[] = ["active", "next", "retiring", "retired", "revoked"];

/** Every API token and every signing key, as far as anybody may see them: no secret is among it. */
export async function tokensAndKeys(db: Read, now: Instant): Promise<TokensAndKeys> {
  const [tokens, keys, people] = await Promise.all([
    findAll(db, "apiToken"),
    findAll(db, "signingKey"),
    findAll(db, "person"),
  ]);
  return {
    now,
    tokens: tokens
      .map(({ id, name, role, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt }) => ({
        id,
        name,
        role,
        by: people.find((person) => person.id === createdBy)?.name ?? null,
        createdAt,
        expiresAt,
        revokedAt,
        lastUsedAt,
        works: revokedAt === null && (expiresAt === null || expiresAt > now),
      }))
      .sort((a, b) => Number(b.works) - Number(a.works) || b.createdAt - a.createdAt),
    keys: keys
      .map(({ kid, alg, state, publishedAt, activatedAt, retiredAt }) => ({
        kid,
        alg,
        state,
        publishedAt,
        activatedAt,
        retiredAt,
      }))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.publishedAt - a.publishedAt),
  };
}
