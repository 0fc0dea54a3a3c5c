import { releaseRecords } from "#lib/views/releases/releaseRecords.ts";
import { respond } from "../../../respond.ts";

export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: await releaseRecords(ctx.db, ctx.clock(), (await params).slug),
  }));
}
