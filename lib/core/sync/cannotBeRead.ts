import type { Sync } from "../client.ts";

/** Whether the document itself cannot be read now: what is known of the client is a copy, or nothing. */
export function cannotBeRead(sync: Sync): boolean {
  return sync === "challenged" || sync === "unreachable" || sync === "gone" || sync === "never_fetched";
}
