import { namespaceRecord } from "#lib/views/namespaces/namespaceRecord.ts";
import { readNumber } from "../../readQuery.ts";
import { respond } from "../../respond.ts";

export function GET(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: await namespaceRecord(ctx.db, ctx.clock(), readNumber((await params).number, "A namespace")),
  }));
}
