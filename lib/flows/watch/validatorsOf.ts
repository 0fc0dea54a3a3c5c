import { storableText } from "#lib/core/document/storableText.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Row } from "#lib/db/rows.ts";
import type { Observation } from "./observeDocument.ts";

type Kept = Pick<
  Row<"client">,
  | "etag"
  | "lastModified"
  | "keySetUrl"
  | "keySetEtag"
  | "keySetLastModified"
  | "bodyDigest"
  | "keySetBodyDigest"
>;

/** What the next requests can be conditional on once the document of this observation is the live one. */
export function validatorsOf({ document, keySet, fetches }: Observation): Kept {
  const [answer, keys] = fetches;
  // A key set that could not be read may have sent validators, too.
  const ofKeys = keys?.outcome === "ok" && keySet?.keys !== undefined ? keys : undefined;
  const effective = document?.effective;
  return {
    etag: headerOf(answer, "etag"),
    lastModified: headerOf(answer, "last-modified"),
    keySetUrl: (effective?.jwks === undefined && storableText(effective?.jwks_uri)) || "",
    keySetEtag: headerOf(ofKeys, "etag"),
    keySetLastModified: headerOf(ofKeys, "last-modified"),
    bodyDigest: digestOf(answer),
    keySetBodyDigest: digestOf(ofKeys),
  };
}

function digestOf(fetched: Fetched | undefined): string | null {
  return fetched?.body ? sha256Hex(fetched.body) : null;
}

function headerOf(fetched: Fetched | undefined, name: string): string | null {
  return fetched?.headers[name] ?? null;
}
