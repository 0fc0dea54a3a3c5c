import { day } from "#lib/core/Instant.ts";
import type { SightSubject } from "./SightSubject.ts";

/** Whether a server may still hold what it fetched before anybody looked here: a document is kept for a day at most. */
export function isFresh({ firstAt, readSince }: SightSubject): boolean {
  return readSince === null || firstAt - readSince < day;
}
