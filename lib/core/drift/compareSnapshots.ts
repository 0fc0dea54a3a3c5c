import { documentOf, parseDocument } from "#lib/core/document/parseDocument.ts";
import type { ParsedDocument } from "#lib/core/document/ParsedDocument.ts";
import type { ParsedKey, ParsedKeySet } from "#lib/core/document/ParsedKeySet.ts";
import { approvedFacts } from "#lib/core/review/approvedFacts.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import { compareDocuments } from "./compareDocuments.ts";
import type { Change } from "./Drift.ts";
import type { DriftFacts } from "./DriftFacts.ts";

/** A snapshot as it is stored. */
export interface ComparableSnapshot {
  readonly documentText: string;
  readonly keys: readonly ParsedKey[];
  readonly keySetSource: string | null;
}

/**
 * What changed from one stored snapshot to another, most serious first. `except` is what of the earlier one was not
 * accepted. Stored documents are free of private key material, so a key that leaked inside the document itself shows
 * only where `seen`, the newer document as it was just read, is given.
 */
export function compareSnapshots({
  clientId,
  before,
  after,
  except = [],
  seen,
  facts,
}: {
  readonly clientId: string;
  readonly before: ComparableSnapshot;
  readonly after: ComparableSnapshot;
  readonly except?: readonly Exclusion[];
  readonly seen?: ParsedDocument;
  readonly facts?: DriftFacts;
}): Change[] {
  // A key that was taken away and is still away shows as taken away.
  const live = new Set(after.keys.map(({ jkt }) => jkt));
  const standing = except.filter((each) => !("removed" in each && each.removed) || live.has(each.value));
  const approved = accepted(before, standing);
  return compareDocuments({
    clientId,
    before: approved.document,
    after: seen ?? parseDocument(after.documentText),
    keysBefore: keySetOf({ ...before, keys: approved.keys }),
    keysAfter: keySetOf(after),
    facts,
  });
}

function accepted(
  snapshot: ComparableSnapshot,
  except: readonly Exclusion[],
): { document: ParsedDocument; keys: readonly ParsedKey[] } {
  const document = parseDocument(snapshot.documentText);
  if (except.length === 0 || !document.members) return { document, keys: snapshot.keys };
  const { members, keys } = approvedFacts({ members: document.members, keys: snapshot.keys }, except);
  const text = JSON.stringify(members);
  return { document: documentOf({ value: members, faults: [], text, bytes: text.length }), keys };
}

/** Keys inside the document are read from there. */
function keySetOf({ keys, keySetSource }: ComparableSnapshot): ParsedKeySet | undefined {
  return keySetSource === null || keySetSource === "inline"
    ? undefined
    : { faults: [], keys, source: keySetSource };
}
