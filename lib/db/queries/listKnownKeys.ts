import type { KeyLife } from "#lib/core/keyLife.ts";
import type { KnownKey } from "#lib/core/rootKeySet/KnownKey.ts";
import { namedSince } from "#lib/core/rootKeySet/namedSince.ts";
import type { Read } from "../Database.ts";
import { findAll } from "../rows.ts";

/** Every signing key that ever was, with what its life and the key sets say of it. */
export async function listKnownKeys(db: Read): Promise<(KnownKey & KeyLife)[]> {
  const { keySet } = db.t;
  const [rows, keySets] = await Promise.all([
    findAll(db, "signingKey"),
    db.orm.select({ version: keySet.version, kids: keySet.kids, acceptedAt: keySet.acceptedAt }).from(keySet),
  ]);
  return rows.map((row) => ({
    kid: row.kid,
    state: row.state,
    publicJwk: row.publicJwk,
    publishedAt: row.publishedAt,
    activatedAt: row.activatedAt ?? undefined,
    lastExp: row.lastHeadExpiresAt ?? undefined,
    namedAt: namedSince(row.kid, keySets),
    external: row.external !== null,
    revokedAt: row.revokedAt ?? undefined,
    revokedReason: row.revokedReason ?? undefined,
  }));
}
