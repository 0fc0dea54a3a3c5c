import type { CheckResponse } from "./CheckSubject.ts";

const day = 86_400;

/** The Cache-Control of an answer, and whether it lets a copy live longer than the 24 hours SEP-991 recommends. */
export function cacheLife({ headers }: CheckResponse): { control: string; tooLong: boolean } {
  const control = headers["cache-control"]?.toLowerCase() ?? "";
  const seconds = Number(/(?:^|[\s,])max-age="?(\d+)/.exec(control)?.[1] ?? 0);
  return { control, tooLong: seconds > day || /\bimmutable\b/.test(control) };
}
