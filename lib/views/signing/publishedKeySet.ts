import type { Read } from "#lib/db/Database.ts";
import { newestKeySet } from "#lib/db/queries/newestKeySet.ts";
import { find, findAll } from "#lib/db/rows.ts";

/** A key set as its root signed it; undefined when there is none of this version. */
export async function publishedKeySet(
  db: Read,
  version: number,
): Promise<{ jws: string; digest: string } | undefined> {
  const row = await find(db, "keySet", { version });
  return row && { jws: row.jws, digest: row.digest };
}

/** What anybody may know of the signing keys, the revoked and retired ones with their dates; times in seconds. */
export async function signingKeyHistory(db: Read): Promise<Record<string, unknown>> {
  const [newest, keys] = await Promise.all([newestKeySet(db), findAll(db, "signingKey")]);
  const seconds = (at: number | null) => (at === null ? undefined : Math.floor(at / 1_000));
  return {
    newest_version: newest?.version ?? null,
    epoch: newest?.epoch ?? null,
    keys: keys
      .sort((a, b) => b.publishedAt - a.publishedAt)
      .map((key) => ({
        kid: key.kid,
        alg: key.alg,
        state: key.state,
        published_at: seconds(key.publishedAt),
        activated_at: seconds(key.activatedAt),
        retiring_at: seconds(key.retiringAt),
        retired_at: seconds(key.retiredAt),
        revoked_at: seconds(key.revokedAt),
      })),
  };
}
