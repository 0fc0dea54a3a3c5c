import type { Tone } from "#components/Chip.tsx";
import type { ShapeName } from "#components/Shape.tsx";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";

/** How each state of a delivery looks and what it is called. */
export const deliveryLooks: Readonly<Record<DeliveryState, readonly [Tone, ShapeName, string]>> = {
  waiting: ["hold", "half", "waits"],
  collecting: ["plain", "dashed", "for the digest"],
  digested: ["ok", "tick", "in a digest"],
  delivered: ["ok", "tick", "delivered"],
  failed: ["stop", "cross", "failed"],
};
