import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Posted } from "./Hands.ts";

/** What a post means for the message: 2xx is delivered, 410 ends the channel, everything else is tried again. */
export function sentOf(posted: Posted): Sent {
  const { outcome, status, sentence, retryAfter } = posted;
  if (outcome !== "answered" || status === undefined)
    return { outcome: outcome === "refused" ? "refused" : "failed", sentence };
  if (status >= 200 && status < 300) return { outcome: "delivered", status, sentence };
  if (status === 410) return { outcome: "refused", status, sentence, switchOff: true };
  return { outcome: "failed", status, sentence, retryAfter };
}
