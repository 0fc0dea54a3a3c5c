import type { Instant } from "../Instant.ts";
import { day } from "../Instant.ts";
import type { Lifecycle } from "../client.ts";

/** How long a denied client waits before it may be asked for again. */
export const denyCoolOff = 30 * day;

/** How long a request stays open. */
export const requestLifetime = 14 * day;

/** Why a request of this kind cannot be opened now, in words; undefined when it can. */
export function requestObstacle(
  kind: "approve" | "change" | "unsuspend" | "unblock",
  client: { lifecycle: Lifecycle; lifecycleAt: Instant },
  now: Instant,
): string | undefined {
  const { lifecycle } = client;
  if (kind === "unsuspend")
    return lifecycle === "suspended" ? undefined : `The client is ${lifecycle}, not suspended.`;
  if (kind === "unblock")
    return lifecycle === "blocked" ? undefined : `The client is ${lifecycle}, not blocked.`;
  if (kind === "change")
    return lifecycle === "approved" ? undefined : `The client is ${lifecycle}, not approved.`;
  if (lifecycle === "blocked") return "The client is blocked. Ask to unblock it.";
  if (lifecycle === "suspended") return "The client is suspended. Ask to lift the suspension.";
  if (lifecycle === "approved") return "The client is already approved.";
  if (lifecycle === "denied" && now < client.lifecycleAt + denyCoolOff) {
    const until = new Date(client.lifecycleAt + denyCoolOff).toISOString().slice(0, 10);
    return `The client was denied. It may be asked for again from ${until}.`;
  }
  return undefined;
}

/** Why a client cannot be suspended or blocked now; undefined when it can. Shrinking trust takes one person. */
export function shrinkObstacle(
  to: "suspended" | "blocked" | "retired",
  lifecycle: Lifecycle,
): string | undefined {
  if (lifecycle === to) return `The client is already ${to}.`;
  if (lifecycle === "retired") return "The client is retired: no list carries it any more.";
  // Retiring ends the explicit deny of a client that was never approved, and the wait of a denied one: that takes a vote.
  if (to === "retired" && lifecycle === "blocked")
    return "The client is blocked, which refuses it everywhere. Ask to unblock it first.";
  if (to === "retired" && lifecycle === "denied") return "The client was denied: no list carries it.";
  if (to === "suspended" && lifecycle !== "approved")
    return `Only an approved client can be suspended; this one is ${lifecycle}. Block it instead.`;
  return undefined;
}
