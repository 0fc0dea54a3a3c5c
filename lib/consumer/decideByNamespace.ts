import type { DenyCode, Question, Reason } from "./Decision.ts";
import { judgeNamespace } from "./judgeNamespace.ts";
import { matchPattern } from "./matchPattern.ts";
import type { NamespaceEntry } from "./wire.ts";

/** The namespaces of a list, most specific first; `unavailable`: they could not be read or understood. */
export type Namespaces = readonly NamespaceEntry[] | "unavailable";

/**
 * What a list says about a client it does not name: the first namespace whose pattern matches decides, and it alone.
 * `namespace` is there when one matched.
 */
export function decideByNamespace(
  namespaces: Namespaces,
  question: Question,
  now: number,
  headIat: number,
): { reasons: Reason[]; namespace?: NamespaceEntry } {
  const no = (code: DenyCode, sentence: string) => ({ reasons: [[code, sentence] as Reason] });
  const id = question.client_id;
  if (namespaces === "unavailable") return no("unavailable", `The namespaces could not be read for ${id}.`);
  const namespace = namespaces.find(({ pattern }) => matchPattern(pattern, id));
  if (!namespace) return no("not_listed", `${id} is not on the list.`);
  return { reasons: judgeNamespace(namespace, question, now, headIat), namespace };
}
