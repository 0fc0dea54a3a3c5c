import { certificateFacts } from "#lib/core/keySet/certificateFacts.ts";
import type { DriftProblem, DriftRule } from "../Drift.ts";
import type { PlacedKey } from "../placedKeys.ts";
import { sameValue } from "../sameValue.ts";
import { quoted } from "../words.ts";

export const driftKeyCertificateRenewed: DriftRule = {
  id: "drift.key-certificate-renewed",
  severity: "low",
  title: "New certificate for the same key",
  rationale: "Routine renewal. The key itself did not change.",
  clause: "RFC 7517 §4.6–4.9",
  effect: "neutral",
  run: ({ keys }) =>
    (keys?.kept ?? []).flatMap(({ before, after }) =>
      certificateMembers.every((name) => sameValue(before.publicJwk[name], after.publicJwk[name]))
        ? []
        : [told(after)],
    ),
};

function told({ jkt = "", path, publicJwk }: PlacedKey): DriftProblem {
  const chain = publicJwk["x5c"];
  const first: unknown = Array.isArray(chain) ? chain[0] : undefined;
  const isForeign = typeof first === "string" && certificateFacts(first)?.matches(publicJwk) === false;
  const message = `The key ${quoted(jkt)} has another certificate`;
  // Servers that compare certificates would let in whoever holds that other key.
  return isForeign
    ? { message: `${message}, and it is for another key.`, path, severity: "high", effect: "growth" }
    : { message: `${message}.`, path };
}

const certificateMembers = ["x5c", "x5u", "x5t", "x5t#S256"];
