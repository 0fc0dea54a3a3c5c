import type { Grant } from "#lib/core/client.ts";
import { sameSelection } from "#lib/core/review/selection.ts";
import type { Row } from "#lib/db/rows.ts";
import type { ReviewSelection } from "./reviewSelection.ts";

/** Why a person who could vote cannot approve what is ticked; "" when they did already, null when they can. */
export function approveObstacle(
  request: Row<"request">,
  snapshot: Row<"snapshot">,
  selection: ReviewSelection,
  granted: readonly Grant[],
  own: Row<"vote"> | undefined,
  blocked: Row<"finding"> | undefined,
): string | null {
  if (snapshot.errors > 0) {
    const n = snapshot.errors === 1 ? "An error" : `${snapshot.errors} errors`;
    return `${n} in the document must be mended by its publisher before anyone can approve it.`;
  }
  if (blocked)
    return `F-${blocked.number} is critical and stands. Waive or dismiss it with a second person, or have its cause removed.`;
  if (own?.verdict === "approve" && sameSelection(own.excluded ?? [], selection.exclusions))
    return selection.parts.length > 1 ? "Choose other parts to vote for another selection." : "";
  const isNothing =
    request.kind === "change" && selection.parts.length > 0 && selection.accepted.length === 0;
  return isNothing && sameGrants(request.grants, granted)
    ? "Nothing is selected. Tick what you accept, or deny."
    : null;
}

function sameGrants(a: readonly Grant[], b: readonly Grant[]): boolean {
  const told = (grants: readonly Grant[]) =>
    grants.map(({ resource, scopes }) => [resource, ...scopes.toSorted()].join(" ")).sort();
  return told(a).join("\n") === told(b).join("\n");
}
