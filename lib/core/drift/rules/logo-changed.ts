import type { DriftRule } from "../Drift.ts";
import { displayMembers } from "../displayMembers.ts";
import { hostOf } from "../siteOf.ts";
import { quoted } from "../words.ts";

export const driftLogoChanged: DriftRule = {
  id: "drift.logo-changed",
  severity: "medium",
  title: "Logo changed",
  rationale:
    "People recognise a client by its picture on the consent screen. Another host may show another picture at any time.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.4, §8.8",
  effect: "growth",
  run(subject) {
    const { after, facts } = subject;
    const moved = displayMembers(subject, "logo_uri").map(({ name, path, from, to }) => {
      const otherHost = from !== undefined && to !== undefined && hostOf(from) !== hostOf(to);
      const words =
        to === undefined
          ? `${name} was removed; it was ${quoted(from ?? "")}.`
          : from === undefined
            ? `The client now shows a logo, ${quoted(to)}.`
            : `The logo is now ${quoted(to)} instead of ${quoted(from)}.`;
      return {
        message: otherHost ? `${words} It comes from another host.` : words,
        path,
        severity: otherHost ? ("high" as const) : undefined,
        before: from,
        after: to,
      };
    });
    const digests = facts.logoDigests;
    if (moved.length > 0 || digests === undefined || digests.before === digests.after) return moved;
    return [
      {
        message: `Another picture is served at ${quoted(after.metadata.logo_uri ?? "")}.`,
        path: "/logo_uri",
        before: digests.before,
        after: digests.after,
      },
    ];
  },
};
