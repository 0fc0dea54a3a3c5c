import type { Instant } from "#lib/core/Instant.ts";

/** Since when one redirect URI was live and approved. */
export interface RedirectLife {
  readonly uri: string;
  /** When a live document first had it. */
  readonly firstSeenAt: Instant | null;
  /** Since when it has been live without a break; null while it is not. */
  readonly liveSince: Instant | null;
  /** When it left the live document; null while it is there, or never was. */
  readonly leftAt: Instant | null;
  /** Since when it has been approved without a break; null while it is not. */
  readonly approvedSince: Instant | null;
  /** How often it came back after it had left. */
  readonly returns: number;
}

interface Stage {
  readonly at: Instant;
  readonly uris: readonly string[];
}

/**
 * The life of every redirect URI a client ever had: `live` is what the live document had from each moment on, oldest
 * first, and `approved` what was approved from each moment on.
 */
export function redirectLives(live: readonly Stage[], approved: readonly Stage[]): RedirectLife[] {
  const lives = new Map<string, RedirectLife>();
  const put = (uri: string, change: Partial<RedirectLife>) =>
    lives.set(uri, { ...(lives.get(uri) ?? unknown(uri)), ...change });
  for (const { at, uris } of live) {
    for (const [uri, { liveSince }] of lives)
      if (liveSince !== null && !uris.includes(uri)) put(uri, { liveSince: null, leftAt: at });
    for (const uri of uris) {
      const known = lives.get(uri);
      if (!known) put(uri, { firstSeenAt: at, liveSince: at });
      else if (known.liveSince === null)
        put(uri, { liveSince: at, leftAt: null, returns: known.returns + 1 });
    }
  }
  for (const { at, uris } of approved) {
    for (const uri of lives.keys()) if (!uris.includes(uri)) put(uri, { approvedSince: null });
    for (const uri of uris) if (!lives.get(uri)?.approvedSince) put(uri, { approvedSince: at });
  }
  return [...lives.values()];
}

function unknown(uri: string): RedirectLife {
  return { uri, firstSeenAt: null, liveSince: null, leftAt: null, approvedSince: null, returns: 0 };
}
