import { exampleKeys } from "#lib/core/keySet/exampleKeys.ts";
import type { Check } from "../Check.ts";
import { eachKey } from "../eachKey.ts";

export const keyExample: Check = {
  id: "key.example",
  severity: "error",
  title: "Example key of a specification",
  rationale: "Its private half is printed in the document it was copied from, for everybody to sign with.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §4.1; ours",
  example: "The P-256 key of RFC 7517 appendix A.1",
  run: (facts) =>
    eachKey(facts, ({ jkt }, name) => {
      const source = jkt === undefined ? undefined : exampleKeys.get(jkt);
      return source && `${name} is the example of ${source}, whose private key is public. Generate your own.`;
    }),
};
