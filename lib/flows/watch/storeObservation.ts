import { redactDocument } from "#lib/core/document/redactDocument.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { storableText } from "#lib/core/document/storableText.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { nextSnapshotNumber } from "#lib/db/queries/nextNumber.ts";
import { find, insert, update, type Row } from "#lib/db/rows.ts";
import { gatherCheckFacts } from "./gatherFacts.ts";
import type { Observation } from "./observeDocument.ts";

/** Writes every fetch of an observation to the fetch log. */
export async function logFetches(
  ctx: Context,
  tx: Write,
  clientRowId: string | null,
  observation: Observation,
): Promise<void> {
  for (const fetched of observation.fetches) {
    await insert(tx, "fetchLog", {
      id: ctx.newId(),
      clientRowId,
      // The URL of a key set is the document's word: it may hold anything.
      url: storableText(fetched.url) ?? "",
      kind: fetched.kind,
      outcome: fetched.outcome,
      sentence: storableText(fetched.sentence) ?? "",
      status: fetched.status ?? null,
      milliseconds: Math.round(fetched.milliseconds),
      bytes: fetched.bytes,
      address: fetched.address ?? null,
      tls: fetched.tls ?? null,
      digest:
        fetched.kind === "document"
          ? (observation.document?.digests?.raw ?? null)
          : (observation.keySet?.digest ?? null),
      at: ctx.clock(),
    });
  }
}

/**
 * The snapshot of an observation, judged with what the inventory knows beside it: the stored one when this document and
 * key set were seen before (with the checks as they judge today), else a new one. `live` spares looking it up when it is the one. Undefined when the observation holds no readable document.
 */
export async function storeSnapshot(
  ctx: Context,
  tx: Write,
  clientRowId: string,
  { fetches, document, keySet, results: seen, subject, digest }: Observation,
  live?: Row<"snapshot">,
): Promise<Row<"snapshot"> | undefined> {
  if (!document?.digests || !document.effective || !digest) return undefined;
  const results = subject
    ? runChecks({ ...subject, ...(await gatherCheckFacts(ctx, tx, clientRowId, keySet?.keys ?? [])) })
    : seen;
  const judged = {
    results,
    errors: results.filter((result) => result.severity === "error").length,
    warnings: results.filter((result) => result.severity === "warning").length,
    // Names of private members are part of the judgement: they do not count towards a digest.
    ...(keySet?.keys ? { keys: keySet.keys } : {}),
  };
  const known = live?.digest === digest ? live : await find(tx, "snapshot", { clientRowId, digest });
  if (known) {
    // A copy shows less than what was read: it judges nothing anew.
    if (fetches.length === 0) return known;
    // What was only vouched for has now been read.
    const attested = null;
    if (attested !== known.attested || JSON.stringify(known.results) !== JSON.stringify(results))
      await update(tx, "snapshot", { id: known.id }, { ...judged, attested });
    return { ...known, ...judged, attested };
  }
  const shown = redactDocument({ ...document, effective: document.effective });
  const row: Row<"snapshot"> = {
    id: ctx.newId(),
    clientRowId,
    number: await nextSnapshotNumber(tx, clientRowId),
    digest,
    rawDigest: document.digests.raw,
    canonicalDigest: document.digests.canonical,
    semanticDigest: document.digests.semantic,
    keySetDigest: keySet?.digest ?? null,
    documentText: shown.text,
    metadata: shown.metadata,
    keys: [],
    keySetSource: keySet?.source ?? null,
    ...judged,
    firstSeenAt: ctx.clock(),
    attested: fetches.length > 0 ? null : true,
  };
  await insert(tx, "snapshot", row);
  return row;
}
