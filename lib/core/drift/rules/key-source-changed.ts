import type { DriftRule } from "../Drift.ts";
import { authDrift } from "../authDrift.ts";
import type { DriftSide } from "../DriftSubject.ts";
import { thumbprints } from "../keyDrift.ts";
import { gained } from "../sameValue.ts";
import { otherSite, siteOf } from "../siteOf.ts";
import { quoted } from "../words.ts";

export const driftKeySourceChanged: DriftRule = {
  id: "drift.key-source-changed",
  severity: "medium",
  title: "Keys are published in another way",
  rationale:
    "Keys inside the document and keys at an address of their own are cached and guarded differently. With both, servers differ about which they read.",
  clause: "RFC 7591 §2 (jwks and jwks_uri MUST NOT both be present)",
  effect: "growth",
  run({ before, after, keys, clientId }) {
    const [from, to] = [sourcesOf(before), sourcesOf(after)];
    if (from.join() === to.join()) return [];
    // Keys that went with the method, or came with it, are told there.
    if (to.length === 0 && keys?.emptied) return [];
    const uri = before.metadata.jwks_uri === undefined ? after.metadata.jwks_uri : undefined;
    const foreign = uri !== undefined && siteOf(uri) !== siteOf(clientId);
    const other = foreign ? otherSite(uri) : undefined;
    if (from.length === 0 && !foreign && authDrift(before, after).isUpgrade) return [];
    const had = thumbprints(keys?.before ?? []);
    const has = thumbprints(keys?.after ?? []);
    const same = keys !== undefined && gained(had, has).length + gained(has, had).length === 0;
    const words = (names: readonly string[]) => names.join(" and ") || "nowhere";
    return [
      {
        message: `The client publishes its keys in another way: ${words(to)} instead of ${words(from)}${other ? `, on ${other.words}, ${quoted(other.name)}` : ""}${same ? "; the keys are the same" : ""}.`,
        path: to.includes("jwks_uri") ? "/jwks_uri" : "/jwks",
        severity: foreign ? "critical" : same && to.length === 1 ? "low" : undefined,
        effect: to.length === 0 ? "shrinkage" : undefined,
        before: from,
        after: to,
      },
    ];
  },
};

function sourcesOf({ metadata }: DriftSide): string[] {
  return [
    ...(metadata.jwks === undefined ? [] : ["jwks"]),
    ...(metadata.jwks_uri === undefined ? [] : ["jwks_uri"]),
  ];
}
