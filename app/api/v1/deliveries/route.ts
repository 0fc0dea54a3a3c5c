import { deliveryStates } from "#lib/core/notice/DeliveryState.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { deliveries } from "#lib/views/channels/deliveries.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read_channels", async (ctx) => {
    const query = readQuery(request, ["channel", "state", "limit", "cursor"]);
    const state = deliveryStates.find((each) => each === query.state);
    if (query.state && !state) {
      const sentence = `One of ${deliveryStates.join(", ")}.`;
      throw new Refusal("invalid_input", `There is no such state. ${sentence}`, { state: sentence });
    }
    const limit = readWhole("limit", query.limit, { min: 1, max: 500, otherwise: 100 });
    return {
      body: await deliveries(ctx.db, { channelId: query.channel, state, cursor: query.cursor }, limit),
    };
  });
}
