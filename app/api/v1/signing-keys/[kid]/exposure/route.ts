import { exposureRecord } from "#lib/views/signing/signingKeyRecords.ts";
import { respond } from "../../../respond.ts";

export function GET(request: Request, { params }: { params: Promise<{ kid: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: await exposureRecord(ctx.db, ctx.clock(), (await params).kid),
  }));
}
