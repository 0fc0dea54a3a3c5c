import type { KnownKey } from "./KnownKey.ts";

/** The key that signs when these are revoked: the active one, or the next one that was published first. */
export function successorOf(
  keys: readonly KnownKey[],
  revoked: readonly string[] = [],
): KnownKey | undefined {
  const left = keys.filter(({ kid }) => !revoked.includes(kid));
  return (
    left.find(({ state }) => state === "active") ??
    left.filter(({ state }) => state === "next").sort((a, b) => a.publishedAt - b.publishedAt)[0]
  );
}
