/** Where to go after signing in: a path of ours, or the overview. Never another site's address. */
export function safeNext(next: unknown): string {
  return typeof next === "string" && /^\/(?![/\\])[\x20-\x7e]*$/.test(next) ? next : "/";
}
