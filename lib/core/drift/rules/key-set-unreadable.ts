import type { DriftRule } from "../Drift.ts";

export const driftKeySetUnreadable: DriftRule = {
  id: "drift.key-set-unreadable",
  severity: "high",
  title: "Key set can no longer be read",
  rationale: "A server that cannot read the key set cannot verify the client, and refuses it.",
  clause: "RFC 7517 §5",
  effect: "neutral",
  run: ({ before, after }) =>
    before.keySetFault !== undefined || after.keySetFault === undefined
      ? []
      : [
          {
            message: `The key set can no longer be read: ${after.keySetFault}`,
            path: after.members["jwks"] === undefined ? "jwks#" : "/jwks",
          },
        ],
};
