import { freshFor } from "#lib/core/schedule/freshFor.ts";

/** How long an answer may be reused by its own word, in milliseconds; undefined when it does not say. */
export function saidMaxAge(
  answer: { readonly headers: Readonly<Record<string, string>> } | undefined,
): number | undefined {
  const says = /\b(?:max-age|no-store|no-cache)\b/i.test(answer?.headers["cache-control"] ?? "");
  return answer && says ? freshFor([answer]) : undefined;
}
