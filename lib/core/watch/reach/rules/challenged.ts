import { day } from "#lib/core/Instant.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

/** How long a copy is good that nobody vouches for, in milliseconds. */
const patience = 7 * day;

export const reachChallenged: WatchRule<ReachSubject> = {
  id: "reach.challenged",
  severity: "low",
  title: "Host asks visitors to prove they are human",
  rationale:
    "Big vendors answer data centres with a challenge. The last good copy stays in force; upload a copy that you can see, so that it does not grow old unseen.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5.1 (a week is ours)",
  run({ kind, outcome, outage, failingSince, attested, now }) {
    if (kind !== "document" || outcome !== "challenged") return [];
    const since = outage?.kind === "challenged" ? outage.since : failingSince;
    const waits = !attested && now - since >= patience;
    const message = waits
      ? "The host has answered with a bot challenge for more than a week, and nobody vouches for the copy in force. Upload the document as you see it."
      : attested
        ? "The host answers with a bot challenge. An attested copy is in force."
        : "The host answers with a bot challenge. The last good copy stays in force.";
    return [{ message, severity: waits ? ("medium" as const) : undefined, value: "" }];
  },
};
