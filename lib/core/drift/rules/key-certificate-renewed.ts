import type { DriftRule } from "../Drift.ts";
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
        : [{ message: `The key ${quoted(after.jkt ?? "")} has another certificate.`, path: after.path }],
    ),
};

const certificateMembers = ["x5c", "x5u", "x5t", "x5t#S256"];
