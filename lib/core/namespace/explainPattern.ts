import type { ParsedPattern } from "./parsePattern.ts";

const examples = ["7f3a", "k9", "m2x", "q4"];

export interface PatternWords {
  readonly sentence: string;
  /** Client_ids it would admit. */
  readonly matches: readonly string[];
  /** Client_ids that look alike and are refused, with the reason. */
  readonly refuses: readonly { readonly clientId: string; readonly because: string }[];
}

/** What a pattern admits, for people. */
export function explainPattern({ authority, host, segments }: ParsedPattern): PatternWords {
  const stars = segments.filter((segment) => segment === "*").length;
  const child = (names: readonly string[]) => {
    let next = 0;
    return `https://${authority}/${segments.map((s) => (s === "*" ? (names[next++] ?? "x") : s)).join("/")}`;
  };
  const first = child(examples);
  const many = stars === 1 ? "one segment of the path" : `${stars} segments of the path`;
  return {
    sentence: `Every client_id at ${authority} that is written exactly like this, with any name for ${many}. No other host, no subdomain, nothing deeper, no query.`,
    matches: [first, child([...examples].reverse())],
    refuses: [
      { clientId: child(["a/b"]), because: "the * is one segment, not two" },
      { clientId: first.replace(host, `x.${host}`), because: "another host" },
      { clientId: `${first}?v=2`, because: "it has a query" },
    ],
  };
}
