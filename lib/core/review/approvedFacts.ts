import { applyDefaults } from "#lib/core/document/applyDefaults.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { thumbprint } from "#lib/core/keySet/thumbprint.ts";
import type { Exclusion } from "./Exclusion.ts";

type Members = Readonly<Record<string, unknown>>;

/** What is approved of a snapshot: all of it but the exclusions. `members` are those of the document, as stored. */
export function approvedFacts(
  snapshot: { readonly members: Members; readonly keys: readonly ParsedKey[] },
  except: readonly Exclusion[],
): { members: Members; metadata: EffectiveMetadata; keys: readonly ParsedKey[] } {
  const members: Record<string, unknown> = { ...snapshot.members };
  for (const exclusion of except) {
    const { member, value } = exclusion;
    if (value !== undefined) {
      if (member !== "keys") members[member] = without(members[member], value);
    } else if (exclusion.before === undefined) delete members[member];
    else members[member] = exclusion.before;
  }
  const left = leftOut(except, "keys");
  if (left.size > 0 && "jwks" in members) members["jwks"] = withoutKeys(members["jwks"], left);
  return {
    members,
    metadata: applyDefaults(members),
    keys: snapshot.keys.filter(({ jkt }) => jkt === undefined || !left.has(jkt)),
  };
}

function leftOut(except: readonly Exclusion[], member: string): ReadonlySet<string> {
  return new Set(
    except.flatMap((each) => (each.member === member && each.value !== undefined ? each.value : [])),
  );
}

/** An inline key set without keys. */
function withoutKeys(jwks: unknown, left: ReadonlySet<string>): unknown {
  if (!isObject(jwks) || !Array.isArray(jwks["keys"])) return jwks;
  const keys: unknown[] = jwks["keys"];
  return { ...jwks, keys: keys.filter((key) => !isObject(key) || !left.has(thumbprint(key) ?? "")) };
}

/** A set of a document without a value: an array, or words in a string as `scope` has them. */
function without(set: unknown, value: string): unknown {
  if (typeof set === "string")
    return set
      .split(" ")
      .filter((word) => word !== value)
      .join(" ");
  return Array.isArray(set) ? set.filter((each) => each !== value) : set;
}
