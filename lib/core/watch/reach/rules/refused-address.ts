import type { WatchRule } from "../../WatchRule.ts";
import type { ReachSubject } from "../ReachSubject.ts";

export const reachRefusedAddress: WatchRule<ReachSubject> = {
  id: "reach.refused-address",
  severity: "critical",
  title: "Name leads into a private network",
  rationale:
    "A public name that resolves to an inner address makes whoever fetches it knock at doors of their own network. It was not connected to. Ask who changed the name's records.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §8.6; RFC 6890",
  run({ kind, outcome, sentence }) {
    if (outcome !== "refused_address") return [];
    const what = kind === "jwks" ? "key set" : "document";
    return [
      {
        message: `The ${what} was not fetched: its name leads where nobody may be sent. ${sentence}`,
        value: kind,
      },
    ];
  },
};
