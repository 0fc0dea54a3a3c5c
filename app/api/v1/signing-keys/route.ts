import { signingKeyRecords } from "#lib/views/signing/signingKeyRecords.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => ({ body: await signingKeyRecords(ctx.db, ctx.clock()) }));
}
