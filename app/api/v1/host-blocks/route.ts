import { blockHost } from "#lib/flows/sightings/blockHost.ts";
import { hostBlockRecords } from "#lib/views/sightings/unknownRecords.ts";
import { readBody } from "../readBody.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => ({ body: { hosts: await hostBlockRecords(ctx.db) } }));
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const input = await readBody(request, { host: true, reason: true });
    await blockHost(ctx, actor, input as Parameters<typeof blockHost>[2]);
    return { status: 201, body: { hosts: await hostBlockRecords(ctx.db) } };
  });
}
