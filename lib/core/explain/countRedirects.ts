import type { ExplainedRedirect } from "./ExplainedRedirect.ts";

const words: Record<string, string> = {
  same_host: "same host",
  same_site: "same site",
  other_site: "other site",
  loopback: "this computer",
  shared_host: "shared host",
  private_scheme: "an app",
  http_remote: "unencrypted",
  invalid: "unusable",
};

/** The class of a redirect in two words, for chips and columns. */
export function redirectClassWords(kind: string): string {
  return words[kind] ?? kind.replaceAll("_", " ");
}

/** Redirects counted by class in words, e.g. "3 same site, 1 other site". */
export function countRedirects(redirects: readonly Pick<ExplainedRedirect, "class">[]): string {
  if (redirects.length === 0) return "none";
  const counts = new Map<string, number>();
  for (const redirect of redirects) counts.set(redirect.class, (counts.get(redirect.class) ?? 0) + 1);
  return [...counts].map(([kind, n]) => `${n} ${redirectClassWords(kind)}`).join(", ");
}
