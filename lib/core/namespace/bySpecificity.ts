/** The order of the wire: more literal segments first, then by code unit. */
export function bySpecificity<T extends { readonly pattern: string }>(namespaces: readonly T[]): T[] {
  return namespaces.toSorted(
    (a, b) =>
      literalSegments(b.pattern) - literalSegments(a.pattern) ||
      (a.pattern < b.pattern ? -1 : a.pattern > b.pattern ? 1 : 0),
  );
}

function literalSegments(pattern: string): number {
  return pattern
    .split("/")
    .slice(3)
    .filter((segment) => segment !== "*").length;
}
