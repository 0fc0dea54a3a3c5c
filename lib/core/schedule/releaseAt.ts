import type { RiskTier } from "../client.ts";
import type { Instant } from "../Instant.ts";
import { periods } from "./periods.ts";
import { share } from "./share.ts";

/** When a client that waits for its host comes back: within a period of its tier from `from`, each at its own moment. */
export function releaseAt(clientId: string, tier: RiskTier, from: Instant): Instant {
  return from + Math.floor(share(clientId, "release", from) * periods[tier]);
}
