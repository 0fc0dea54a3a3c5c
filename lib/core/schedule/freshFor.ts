import { second } from "../Instant.ts";

/** As a recipient that cannot count further reads delta-seconds (RFC 9111 §1.2.2). */
const most = 2 ** 31;
const directive = /([!#$%&'*+.^_`|~\w-]+)(?:=("(?:[^"\\]|\\.)*"|[^\s,;"]*))?/g;

/**
 * How long, in milliseconds, answers may be reused together by their own word: the shortest `max-age` less `Age`
 * (RFC 9111 §4.2). 0 when one of them does not say, says it unreadably or twice differently, or forbids reuse.
 * @param answers headers with lower-case names
 */
export function freshFor(answers: readonly { readonly headers: Readonly<Record<string, string>> }[]): number {
  const lives = answers.map(({ headers }) => {
    const age = /^\d+$/.exec(headers["age"]?.trim() ?? "")?.[0] ?? 0;
    return Math.max(0, maxAge(headers["cache-control"] ?? "") - Number(age));
  });
  return lives.length === 0 ? 0 : Math.min(...lives) * second;
}

/** In seconds. `s-maxage` is for shared caches, which we are not. */
function maxAge(cacheControl: string): number {
  // Most answers say nothing of it.
  if (!/max-age/i.test(cacheControl)) return 0;
  let seconds: number | undefined;
  for (const [, name = "", value = ""] of cacheControl.matchAll(directive)) {
    const word = name.toLowerCase();
    if (word === "no-store" || word === "no-cache") return 0;
    if (word !== "max-age") continue;
    const digits = /^"?(\d+)"?$/.exec(value)?.[1];
    if (digits === undefined) return 0;
    const said = Math.min(Number(digits), most);
    if (seconds !== undefined && seconds !== said) return 0;
    seconds = said;
  }
  return seconds ?? 0;
}
