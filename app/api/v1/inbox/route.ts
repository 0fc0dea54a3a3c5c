import { inbox } from "#lib/views/inbox.ts";
import { personOnly, respond } from "../respond.ts";

/** What waits for whoever is signed in. Nothing ever waits for a token. */
export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const { items } = await inbox(ctx.db, ctx.clock(), personOnly(actor), ctx.config.solo);
    return { body: { items, waiting: items.filter(({ part }) => part !== "mine").length } };
  });
}
