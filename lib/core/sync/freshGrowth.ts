import type { Change } from "#lib/core/drift/Drift.ts";
import { textsIn } from "#lib/core/drift/memberOf.ts";
import { sameValue } from "#lib/core/drift/sameValue.ts";

/**
 * Growth that nobody has decided about. `standing` is how the live document differs from what was accepted of the
 * approved one; `undecided` how it differs when what people left out on purpose is not counted as left out.
 */
export function freshGrowth(standing: readonly Change[], undecided: readonly Change[]): Change[] {
  const news = undecided.filter(({ effect }) => effect === "growth");
  return standing.filter(
    (change) => change.effect === "growth" && news.some((other) => speaksOfSame(change, other)),
  );
}

/** One thing may be told by another rule when fewer things are new beside it, e.g. a key that was added or replaced all others. */
function speaksOfSame(one: Change, other: Change): boolean {
  const said = textsIn(one.after);
  if (Array.isArray(one.after) && Array.isArray(other.after))
    return textsIn(other.after).some((text) => said.includes(text));
  return one.rule === other.rule && one.path === other.path && sameValue(one.after, other.after);
}
