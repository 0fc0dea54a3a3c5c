import type { Sync } from "../client.ts";
import type { FetchOutcome } from "../fetch/Fetched.ts";
import type { Instant } from "../Instant.ts";
import { isUnreachable } from "../schedule/isUnreachable.ts";

/**
 * The sync state after a failed fetch. Unreachable is not removed: nothing here touches trust. A bot challenge shows at
 * once; everything else only after three failures in a row that span half an hour, and `gone` only when the host keeps saying 404.
 */
export function afterFailure(
  before: Sync,
  outcome: FetchOutcome,
  failures: number,
  failingSince: Instant,
  now: Instant,
): Sync {
  if (outcome === "challenged") return "challenged";
  if (!isUnreachable(failures, failingSince, now)) return before;
  return outcome === "not_found" ? "gone" : "unreachable";
}
