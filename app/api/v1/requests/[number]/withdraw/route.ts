import { withdrawRequest } from "#lib/flows/review/withdrawRequest.ts";
import { requestRecord } from "#lib/views/review/requestRecord.ts";
import { readBody } from "../../../readBody.ts";
import { readNumber } from "../../../readQuery.ts";
import { respond } from "../../../respond.ts";

export function POST(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const number = readNumber((await params).number);
    const input = await readBody(request, { reason: true });
    await withdrawRequest(ctx, actor, { ...input, number } as Parameters<typeof withdrawRequest>[2]);
    return { body: await requestRecord(ctx.db, ctx.clock(), number) };
  });
}
