import { visibleText } from "#lib/core/document/visibleText.ts";
import { base64UrlToHex } from "#lib/core/keySet/base64url.ts";
import type { WatchRule } from "../WatchRule.ts";
import { isFresh } from "./isFresh.ts";
import type { SightSubject } from "./SightSubject.ts";

export const sightDocumentNeverSeen: WatchRule<SightSubject> = {
  id: "sight.document-never-seen",
  severity: "critical",
  title: "Document that only a server was shown",
  rationale:
    "A server signs people in by a document that nobody here ever read, though we looked twice right after. Whoever answers may show reviewers one document and servers another, or somebody stands in between.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5, §8.3 (the comparison is ours)",
  run(subject) {
    if (subject.kind !== "document") return [];
    const { digest, readDigest, server, instance, firstAt } = subject;
    const ours = readDigest === null ? "another one" : `SHA-256 ${readDigest}`;
    return [
      {
        message: `The server ${visibleText(server, 100)} (${visibleText(instance, 100)}) was given a document at ${new Date(firstAt).toISOString()} that was never read here: SHA-256 ${base64UrlToHex(digest) ?? digest}. Two looks right after showed ${ours}.`,
        severity: isFresh(subject) ? ("high" as const) : undefined,
        value: digest,
      },
    ];
  },
};
