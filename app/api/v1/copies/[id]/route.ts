import { copyRecord } from "#lib/views/clients/copyRecords.ts";
import { respond } from "../../respond.ts";

export function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx) => ({ body: await copyRecord(ctx.db, (await params).id) }));
}
