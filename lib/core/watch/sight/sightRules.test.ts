import { expect, test } from "vitest";
import { day, hour } from "#lib/core/Instant.ts";
import { sightCauses } from "./sightCauses.ts";
import type { SightSubject } from "./SightSubject.ts";

const at = Date.UTC(2026, 10, 21, 9);
const subject: SightSubject = {
  kind: "document",
  digest: "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
  readDigest: "aa".repeat(32),
  server: "idp-eu-1",
  instance: "pod-7",
  firstAt: at,
  readSince: at - 30 * day,
};

test.each<[string, Partial<SightSubject>, string, string, RegExp]>([
  [
    "a document",
    {},
    "sight.document-never-seen",
    "critical",
    /idp-eu-1 \(pod-7\).*2026-11-21T09:00.*e3b0c44298fc1c14.*aaaa/,
  ],
  ["a key", { kind: "key", digest: "jkt" }, "sight.key-never-seen", "critical", /the key jkt/],
  [
    "one that may be from before we looked",
    { readSince: at - hour },
    "sight.document-never-seen",
    "high",
    /never read here/,
  ],
])("%s", (_, part, rule, severity, message) => {
  expect(sightCauses([{ ...subject, ...part }])).toEqual([
    expect.objectContaining({ rule, severity, message: expect.stringMatching(message) as unknown }),
  ]);
});
