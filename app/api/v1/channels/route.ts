import { channels } from "#lib/views/channels/channels.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read_channels", async (ctx) => ({
    body: { channels: await channels(ctx.db, ctx.notify.kinds) },
  }));
}
