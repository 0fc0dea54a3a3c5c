import { quoted } from "#lib/core/drift/words.ts";

/** A key as people call it: its kid in quotes, and the beginning of its thumbprint. */
export function keyName({ jkt, kid }: { readonly jkt: string; readonly kid: string | null }): string {
  return kid === null ? `the key ${jkt.slice(0, 8)}…` : `the key ${quoted(kid, 60)} (${jkt.slice(0, 8)}…)`;
}
