import { standingCopies } from "#lib/views/clients/copyRecords.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => ({ body: { copies: await standingCopies(ctx.db) } }));
}
