import type { FilterFault } from "./ClientFilter.ts";
import { splitWords } from "./splitWords.ts";

/** The words a list understands: kinds whose values are a closed list, and kinds whose values are anything. */
export interface FilterWords {
  readonly closed: Readonly<Record<string, readonly string[]>>;
  readonly open: readonly string[];
  /** Open kinds whose values keep their letters as typed; those of the others are lower case. */
  readonly asTyped?: readonly string[];
  /** How one value of a kind is written, for the sentence about a kind without one. */
  example(kind: string): string;
}

const maxLength = 1_000;

/**
 * Reads a line of filter words: values by kind, each once, and `text` for words without a colon and URLs. Never throws:
 * a word it cannot use is left out and reported, the others still count.
 */
export function readFilterWords(
  line: string,
  words: FilterWords,
): { found: Readonly<Record<string, readonly string[]>>; faults: FilterFault[] } {
  const { closed, open, asTyped = [], example } = words;
  const kinds = [...Object.keys(closed), ...open];
  const found: Record<string, string[]> = {};
  const faults: FilterFault[] = [];
  const keep = (kind: string, value: string) => {
    const values = (found[kind] ??= []);
    if (!values.includes(value)) values.push(value);
  };
  for (const word of splitWords(line.slice(0, maxLength))) {
    const colon = word.indexOf(":");
    const kind = word.slice(0, colon).toLowerCase();
    const value = word.slice(colon + 1).trim();
    if (colon < 1 || value.startsWith("//")) keep("text", word.toLowerCase());
    else if (!kinds.includes(kind))
      faults.push({ word, sentence: `“${kind}:” is not a filter. There are: ${kinds.join(", ")}.` });
    else if (value === "")
      faults.push({ word, sentence: `Say what ${kind} should be, e.g. ${example(kind)}.` });
    else
      for (const part of value.split(",").map((each) => each.trim())) {
        if (part === "") continue;
        const list = closed[kind];
        const lower = asTyped.includes(kind) ? part : part.toLowerCase();
        const normal = list ? lower.replaceAll("-", "_") : lower;
        if (list && !list.includes(normal))
          faults.push({
            word,
            sentence: `“${part}” is not a ${kind}. There are: ${list.join(", ")}.`,
          });
        else keep(kind, normal);
      }
  }
  return { found, faults };
}
