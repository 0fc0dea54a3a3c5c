import { Refusal } from "#lib/core/Refusal.ts";
import { reviewChange } from "#lib/core/review/reviewChange.ts";
import { acceptsNothing, type LeftOut, selectParts, type Selection } from "#lib/core/review/selection.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { driftFactsOf } from "#lib/db/queries/driftFactsOf.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

const nothing: Selection = { exclusions: [], leftOut: [], accepted: [], unknown: [] };

/**
 * What of the change that a request asks for is accepted and what is left out; without an approved copy there are no
 * parts. Who says nothing accepts what is new, and what was left out before stays so.
 */
export async function choosePartsOf(
  ctx: Context,
  db: Read,
  client: Row<"client">,
  asked: Row<"snapshot">,
  without: readonly LeftOut[] | undefined,
): Promise<Selection> {
  const approved = client.approvedSnapshotId
    ? await find(db, "snapshot", { id: client.approvedSnapshotId })
    : undefined;
  if (!approved) return { ...nothing, unknown: without ?? [] };
  const except = client.approvedExcept ?? [];
  const facts = await driftFactsOf(db, ctx.clock(), client, approved, asked);
  const reviewed = reviewChange({ clientId: client.clientId, approved, asked, except, facts });
  if (without) return selectParts(reviewed.parts, reviewed.approved, without);
  // What the publisher took away nobody left out: when it returns it is news like any other.
  const leftOut = except.filter((each) => !("removed" in each && each.removed));
  return { ...selectParts(reviewed.parts, reviewed.approved, leftOut), unknown: [] };
}

/** Refuses a selection that is none: parts that cannot be left out, or nothing that would be accepted. */
export async function refuseSelection(
  db: Read,
  request: Row<"request">,
  client: Row<"client">,
  selection: Selection,
): Promise<void> {
  const [unknown] = selection.unknown;
  if (unknown) {
    const name = unknown.value === undefined ? unknown.member : `${unknown.member} ${unknown.value}`;
    throw new Refusal(
      "invalid_input",
      `${name} cannot be left out: it is nothing that is new since the last approval.`,
      { excluded: `${name} cannot be left out.` },
    );
  }
  const isDenial = request.kind === "change" && acceptsNothing(selection, client.approvedExcept ?? []);
  if (isDenial && !(await asksForOtherAccess(db, request)))
    throw new Refusal(
      "invalid_input",
      "Leaving out everything that is new is a denial. Deny the request, or accept a part of it.",
      { excluded: "Nothing would be accepted." },
    );
}

/** Whether there is something to approve besides the document. */
async function asksForOtherAccess(db: Read, request: Row<"request">): Promise<boolean> {
  const inForce = await findAll(db, "grant", { clientRowId: request.clientRowId });
  const told = (grants: readonly { resource: string; scopes: readonly string[] }[]) =>
    grants
      .map(({ resource, scopes }) => [resource, ...scopes.toSorted()].join(" "))
      .sort()
      .join("\n");
  return told(request.grants) !== told(inForce);
}
