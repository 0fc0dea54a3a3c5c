import type { DriftRule } from "../Drift.ts";
import { canSign, type PlacedKey } from "../placedKeys.ts";
import { sameValue, stableText } from "../sameValue.ts";
import { counted, quoted } from "../words.ts";

export const driftKeyDetailsChanged: DriftRule = {
  id: "drift.key-details-changed",
  severity: "low",
  title: "Other parts of the key set changed",
  rationale:
    "Keys that do not sign, and what stands beside the key itself, do not decide who may speak for the client.",
  clause: "RFC 7517 §4, §5",
  effect: "neutral",
  run({ keys }) {
    if (keys === undefined) return [];
    const [had, has] = [texts(keys.before), texts(keys.after)];
    const changed = [...has].filter((text) => !had.has(text)).length;
    const gone = [...had].filter((text) => !has.has(text)).length;
    const problems = keys.kept
      .filter(
        ({ before, after }) =>
          canSign(before) === canSign(after) && !sameValue(details(before), details(after)),
      )
      .map(({ after }) => ({
        message: `The key ${quoted(after.jkt ?? "")} is described differently.`,
        path: after.path,
      }));
    if (changed + gone === 0) return problems;
    const words = `${changed === 0 ? "" : `${counted(changed, "key")} appeared`}${changed * gone === 0 ? "" : " and "}${gone === 0 ? "" : `${counted(gone, "key")} went`}`;
    return [
      ...problems,
      {
        message: `Among the keys that do not sign, ${words}.`,
        path: keys.after[0]?.path.replace(/\/\d+$/, "") ?? "/jwks",
      },
    ];
  },
};

// What other rules speak about.
const told = new Set(["kid", "alg", "use", "x5c", "x5u", "x5t", "x5t#S256"]);

function details({ publicJwk }: PlacedKey): Record<string, unknown> {
  return Object.fromEntries(Object.entries(publicJwk).filter(([name]) => !told.has(name)));
}

/** Keys that do not sign, by thumbprint or by what they say. */
function texts(keys: readonly PlacedKey[]): Set<string> {
  return new Set(keys.filter((key) => !canSign(key)).map((key) => key.jkt ?? stableText(key.publicJwk)));
}
