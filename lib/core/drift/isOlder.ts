/** Whether one version comes before another, as far as both are dotted numbers; others have no order. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [numbersOf(version), numbersOf(than)];
  if (a === undefined || b === undefined) return false;
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function numbersOf(version: string): number[] | undefined {
  return /^v?\d{1,15}(?:\.\d{1,15})*$/.test(version)
    ? version.replace(/^v/, "").split(".").map(Number)
    : undefined;
}
