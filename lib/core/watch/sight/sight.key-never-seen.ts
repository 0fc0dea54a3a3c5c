import { visibleText } from "#lib/core/document/visibleText.ts";
import type { WatchRule } from "../WatchRule.ts";
import { isFresh } from "./isFresh.ts";
import type { SightSubject } from "./SightSubject.ts";

export const sightKeyNeverSeen: WatchRule<SightSubject> = {
  id: "sight.key-never-seen",
  severity: "critical",
  title: "Key that only a server was shown",
  rationale:
    "A client proved itself to a server with a key that no key set read here ever held, though we looked twice right after. Somebody else may be signing as this client.",
  clause: "RFC 7523 §3; draft-ietf-oauth-client-id-metadata-document-02 §8.3 (the comparison is ours)",
  run(subject) {
    if (subject.kind !== "key") return [];
    const { digest, server, instance, firstAt } = subject;
    return [
      {
        message: `The server ${visibleText(server, 100)} (${visibleText(instance, 100)}) met the key ${visibleText(digest, 100)} at ${new Date(firstAt).toISOString()}, which no key set read here ever held. Two looks right after did not show it either.`,
        severity: isFresh(subject) ? ("high" as const) : undefined,
        value: digest,
      },
    ];
  },
};
