import { sameValue } from "#lib/core/drift/sameValue.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import type { Exclusion } from "#lib/core/review/Exclusion.ts";

/** Exclusions that still leave something out of a snapshot; the rest says nothing about it. */
export function stillExcluded(
  except: readonly Exclusion[] | null,
  snapshot: { readonly members: Readonly<Record<string, unknown>>; readonly keys: readonly ParsedKey[] },
): Exclusion[] | null {
  const left = (except ?? []).filter((exclusion) => {
    const { member, value } = exclusion;
    if (value === undefined) return !sameValue(snapshot.members[member], exclusion.before);
    if (member === "keys") return snapshot.keys.some(({ jkt }) => jkt === value);
    const set = snapshot.members[member];
    return (typeof set === "string" ? set.split(" ") : Array.isArray(set) ? set : []).includes(value);
  });
  return left.length > 0 ? left : null;
}
