import type { DriftRule } from "../Drift.ts";
import { needsKeys } from "../authDrift.ts";
import { quoted } from "../words.ts";

export const driftSigningAlgChanged: DriftRule = {
  id: "drift.signing-alg-changed",
  severity: "high",
  title: "Signing algorithm changed",
  rationale:
    "The algorithm decides how hard it is to forge the client's signature. A weaker one, or one of another family, deserves a reason.",
  clause: "RFC 8725 §3.1, §3.2; OpenID Connect Registration 1.0 §2",
  effect: "growth",
  run({ before, after }) {
    const from = before.metadata.token_endpoint_auth_signing_alg;
    const to = after.metadata.token_endpoint_auth_signing_alg;
    // Without a method that signs, the algorithm says nothing.
    if (from === to || (to === undefined && !needsKeys(after.metadata))) return [];
    const message =
      from === undefined
        ? `The client now says that it signs with ${quoted(to ?? "")}.`
        : to === undefined
          ? `The client no longer says which algorithm it signs with; it was ${quoted(from)}.`
          : `The client signs with ${quoted(to)} instead of ${quoted(from)}.`;
    return [
      {
        message,
        path: "/token_endpoint_auth_signing_alg",
        severity: severityOf(from, to),
        before: from,
        after: to,
      },
    ];
  },
};

const families = ["RS", "PS", "ES", "Ed"];

function severityOf(from: string | undefined, to: string | undefined) {
  if (to === undefined) return "medium";
  const next = familyOf(to);
  if (next < 0) return undefined;
  if (from === undefined) return "low";
  const last = familyOf(from);
  // RS256 to PS256 or ES256 is the way everybody is meant to go.
  if (last === 0 && next > 0) return "low";
  return last === next && sizeOf(to) >= sizeOf(from) ? "low" : undefined;
}

function familyOf(alg: string): number {
  return families.findIndex((family) => alg.startsWith(family));
}

function sizeOf(alg: string): number {
  return Number(/\d+/.exec(alg)?.[0] ?? 0);
}
