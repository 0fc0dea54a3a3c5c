import type { DriftRule } from "../Drift.ts";
import { displayMembers } from "../displayMembers.ts";
import { hostOf, siteOf } from "../siteOf.ts";
import { quoted } from "../words.ts";

export const driftLinkChanged: DriftRule = {
  id: "drift.link-changed",
  severity: "medium",
  title: "Home page, terms or privacy policy moved",
  rationale: "People are sent there with questions. On another host, somebody else answers.",
  clause: "RFC 7591 §2, §5; draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run: (subject) =>
    (["client_uri", "tos_uri", "policy_uri"] as const).flatMap((member) =>
      displayMembers(subject, member).map(({ name, path, from, to }) => {
        const stays =
          to === undefined ||
          (from === undefined ? siteOf(to) === siteOf(subject.clientId) : hostOf(to) === hostOf(from));
        return {
          message:
            to === undefined
              ? `${name} was removed; it was ${quoted(from ?? "")}.`
              : `${name} is now ${quoted(to)}${from === undefined ? "" : ` instead of ${quoted(from)}`}${stays ? "" : ", on another host"}.`,
          path,
          severity: stays ? ("low" as const) : undefined,
          before: from,
          after: to,
        };
      }),
    ),
};
