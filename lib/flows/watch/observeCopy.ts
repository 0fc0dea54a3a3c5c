import { runChecks } from "#lib/core/check/runChecks.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import type { Profile } from "#lib/core/profile.ts";
import type { Context } from "#lib/context.ts";
import type { Row } from "#lib/db/rows.ts";
import { snapshotDigest, type Observation } from "./observeDocument.ts";

/** Judges an uploaded copy exactly like a fetched document, but for what only a fetch can show. No network, no database. */
export function observeCopy(
  ctx: Context,
  client: { clientId: string; profile: Profile },
  copy: { readonly document: string | Uint8Array; readonly keySet?: string | Uint8Array },
): Observation {
  const document = parseDocument(copy.document);
  const { jwks, jwks_uri } = document.effective ?? {};
  const keySet =
    jwks !== undefined
      ? parseKeySet(jwks, "inline")
      : jwks_uri !== undefined && copy.keySet !== undefined
        ? parseKeySet(copy.keySet, jwks_uri)
        : undefined;
  const subject = {
    clientId: client.clientId,
    profile: client.profile,
    document,
    keySet,
    now: ctx.clock(),
  };
  const results = runChecks(subject);
  return {
    fetches: [],
    document,
    keySet,
    results,
    subject,
    verdict: verdictOf(results),
    digest: snapshotDigest(document, keySet),
  };
}

/** A stored copy as it was judged when it was uploaded. */
export function observeStored(snapshot: Row<"snapshot">): Observation {
  const { documentText, keys, keySetSource, keySetDigest, results, digest } = snapshot;
  return {
    fetches: [],
    document: parseDocument(documentText),
    keySet:
      keySetSource === null
        ? undefined
        : { faults: [], keys, source: keySetSource, digest: keySetDigest ?? undefined },
    results,
    verdict: verdictOf(results),
    digest,
  };
}
