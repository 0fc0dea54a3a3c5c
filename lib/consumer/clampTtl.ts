/** Seconds between two polls that a head may ask for (docs/allowlist.md §2). */
export function clampTtl(seconds: number): number {
  return Math.min(Math.max(seconds, 5), 3600);
}
