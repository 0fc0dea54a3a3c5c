import { deliveryStates, type DeliveryState } from "#lib/core/notice/DeliveryState.ts";

export type Query = Record<string, string | string[] | undefined>;

export interface DeliveryQuery {
  readonly state?: DeliveryState;
  readonly cursor?: string;
}

/** What the address asks of a delivery log; anything else is as if it were absent. */
export function readDeliveryQuery({ state, cursor }: Query): DeliveryQuery {
  return {
    state: deliveryStates.find((each) => each === state),
    cursor: typeof cursor === "string" ? cursor : undefined,
  };
}
