/** Where a delivery stands: `collecting` waits for a digest, `digested` went into one. */
export type DeliveryState = "waiting" | "collecting" | "digested" | "delivered" | "failed";

export const deliveryStates: readonly DeliveryState[] = [
  "waiting",
  "collecting",
  "digested",
  "delivered",
  "failed",
];
