import type { ParsedKey } from "#lib/core/document/ParsedKeySet.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Problem } from "./Check.ts";
import type { CheckFacts } from "./factsOf.ts";

/** One problem for each key that `says` has one for; the message is given the key's name, e.g. `Key 2 ("2026-a")`. */
export function eachKey(
  facts: CheckFacts,
  says: (key: ParsedKey, name: string) => string | Omit<Problem, "path"> | undefined,
): Problem[] {
  return facts.keys.flatMap((key) => {
    const said = says(key, keyName(key));
    if (said === undefined) return [];
    const path = `${facts.keySetPath}/keys/${key.index}`;
    return typeof said === "string" ? [{ message: said, path }] : [{ ...said, path }];
  });
}

function keyName({ index, kid }: ParsedKey): string {
  return kid === undefined ? `Key ${index + 1}` : `Key ${index + 1} ("${visibleText(kid, 60)}")`;
}
