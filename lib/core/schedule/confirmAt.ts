import { second, type Instant } from "../Instant.ts";
import { share } from "./share.ts";

/** When to look again before a first difference counts: 30 to 120 s later. One odd answer of one edge server is not a change. */
export function confirmAt(clientId: string, digest: string, now: Instant): Instant {
  return now + 30 * second + Math.floor(share(clientId, "confirm", digest) * 90 * second);
}
