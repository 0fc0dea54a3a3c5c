import type { DriftRule } from "../Drift.ts";
import { flowSettings, shownValue } from "../otherMembers.ts";
import { sameValue } from "../sameValue.ts";

export const driftFlowSettingChanged: DriftRule = {
  id: "drift.flow-setting-changed",
  severity: "medium",
  title: "Setting of the sign-in changed",
  rationale: "It decides what the client may ask for or how servers know its users apart.",
  clause: "RFC 9396 §10; OpenID Connect Registration 1.0 §2; draft-ietf-oauth-identity-assertion-authz-grant",
  effect: "growth",
  run: ({ before, after }) =>
    [...flowSettings].flatMap((name) => {
      const [from, to] = [before.metadata.other[name], after.metadata.other[name]];
      if (sameValue(from, to)) return [];
      return [
        {
          message: `${name} changed from ${shownValue(from)} to ${shownValue(to)}.`,
          path: `/${name}`,
          effect: to === undefined || to === null ? ("shrinkage" as const) : undefined,
          before: from,
          after: to,
        },
      ];
    }),
};
