import type { CheckResult, Verdict } from "#lib/core/check/Check.ts";
import type { CheckResponse, CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import { stableText } from "#lib/core/drift/sameValue.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import type { Fetched, Validators } from "#lib/core/fetch/Fetched.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import type { Profile } from "#lib/core/profile.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { lookUpHosts } from "./lookUpHosts.ts";

/** What the network showed of one client just now, judged. Nothing is stored. */
export interface Observation {
  /** The document's fetch first, then the key set's if there was one. */
  readonly fetches: readonly Fetched[];
  readonly document?: ParsedDocument;
  readonly keySet?: ParsedKeySet;
  readonly results: readonly CheckResult[];
  readonly verdict: Verdict;
  /** What was judged: whoever knows more about the client can judge it again. */
  readonly subject?: CheckSubject;
  /** Names document and key set together: what a vote binds to. Absent when there is no readable document. */
  readonly digest?: string;
}

/** Whom to look at. With a live snapshot there is a last good copy, and a failed fetch is no error. */
export interface Observed {
  readonly clientId: string;
  readonly profile: Profile;
  readonly liveSnapshotId?: string | null;
}

/** Fetches a client's document, and its key set when it names one, through the guard, and runs the checks. No database. */
export async function observeDocument(
  ctx: Context,
  client: Observed,
  validators?: Validators,
): Promise<Observation> {
  return observeAnswer(
    ctx,
    client,
    await ctx.net.fetch({ url: client.clientId, kind: "document", validators }),
  );
}

/**
 * Reads and judges a document's answer; of its key set, too, which is fetched unless `keysAtHand` is its answer. What
 * was not modified is not judged anew.
 */
export async function observeAnswer(
  ctx: Context,
  client: Observed,
  answer: Fetched,
  keysAtHand?: Fetched,
): Promise<Observation> {
  if (answer.outcome === "not_modified") return unmodified([answer]);
  const fetches: Fetched[] = [answer];
  const document = answer.body && parseDocument(answer.body);
  let keySet: ParsedKeySet | undefined;
  let keySetResponse: CheckResponse | undefined;
  if (document?.effective?.jwks !== undefined) keySet = parseKeySet(document.effective.jwks, "inline");
  else if (document?.effective?.jwks_uri) {
    const url = document.effective.jwks_uri;
    const keys = keysAtHand?.url === url ? keysAtHand : await ctx.net.fetch({ url, kind: "jwks" });
    fetches.push(keys);
    keySet = keys.body && parseKeySet(keys.body, document.effective.jwks_uri);
    keySetResponse = responseOf(keys);
  }
  const subject: CheckSubject = {
    ...(document?.members && (await lookUpHosts(ctx, client.clientId, document.members))),
    clientId: client.clientId,
    profile: client.profile,
    document,
    keySet,
    keySetResponse,
    now: ctx.clock(),
    fetchOutcome: answer.outcome,
    response: responseOf(answer),
    tls: answer.tls,
    lastGoodCopy: client.liveSnapshotId ? true : undefined,
  };
  const results = runChecks(subject);
  return {
    fetches,
    document,
    keySet,
    results,
    subject,
    verdict: verdictOf(results),
    digest: snapshotDigest(document, keySet),
  };
}

/** Document, and key set if there is one, are what they were. */
export function unmodified(fetches: readonly Fetched[]): Observation {
  return { fetches, results: [], verdict: verdictOf([]) };
}

function responseOf({ status, headers, bytes }: Fetched): CheckResponse | undefined {
  return status === undefined ? undefined : { status, headers, bytes };
}

/** Names a document together with its key set; undefined while there is no readable document. */
export function snapshotDigest(document?: ParsedDocument, keySet?: ParsedKeySet): string | undefined {
  const canonical = document?.digests?.canonical;
  if (!canonical) return undefined;
  // A set with two meanings has no digest of its own, and still its keys come and go.
  const keys = keySet?.digest ?? (keySet?.keys ? stableText(keySet.keys.map((key) => key.publicJwk)) : "");
  return sha256Hex(`${canonical}\n${keys}`);
}
