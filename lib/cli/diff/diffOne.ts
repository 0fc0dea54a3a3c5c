import { visibleText } from "#lib/core/document/visibleText.ts";
import { compareDocuments, highestSeverity } from "#lib/core/drift/compareDocuments.ts";
import type { Change, DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Compared } from "#lib/core/drift/subjectOf.ts";

export interface DiffAnswer {
  /** Of the most serious change. */
  readonly severity: DriftSeverity | "none";
  readonly changes: readonly Omit<Change, "effect">[];
}

/** Compares two documents without any network. Without a `clientId` the earlier document's counts, else the later's. */
export function diffOne({
  clientId,
  ...compared
}: Omit<Compared, "clientId" | "facts"> & { readonly clientId?: string }):
  DiffAnswer | { readonly error: string } {
  const { before, after } = compared;
  if (before.members === undefined) {
    const reason = before.faults[0]?.message ?? "It is empty.";
    return {
      error: visibleText(
        `The earlier document cannot be read, so there is nothing to compare with: ${reason}`,
        500,
      ),
    };
  }
  const changes = compareDocuments({
    ...compared,
    clientId: clientId ?? before.effective?.client_id ?? after.effective?.client_id ?? "",
  });
  return {
    severity: highestSeverity(changes),
    changes: changes.map(({ effect: _effect, ...change }) => change),
  };
}
