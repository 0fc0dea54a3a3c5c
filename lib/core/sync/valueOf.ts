import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";

/** What stands in a live snapshot, so that a place in it can be named by what is there. */
export interface LiveFacts {
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
}

/**
 * What a path points at, by a name that stays when its neighbours come and go: the redirect URI itself, the key's
 * thumbprint, else the path.
 */
export function valueOf(path: string, { metadata, keys }: LiveFacts): string {
  const key = /^(?:jwks#|\/jwks)\/keys\/(\d+)(?:\/|$)/.exec(path)?.[1];
  if (key !== undefined) return keys.find(({ index }) => index === Number(key))?.jkt ?? path;
  const redirect = /^\/redirect_uris\/(\d+)$/.exec(path)?.[1];
  return redirect === undefined ? path : (metadata.redirect_uris[Number(redirect)] ?? path);
}
