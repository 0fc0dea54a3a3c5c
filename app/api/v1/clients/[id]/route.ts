import { editClient } from "#lib/flows/clients/editClient.ts";
import { clientRecord } from "#lib/views/clients/clientRecord.ts";
import { readBody } from "../../readBody.ts";
import { respond } from "../../respond.ts";
import { clientMembers } from "../../shapes.ts";

interface Place {
  readonly params: Promise<{ id: string }>;
}

export function GET(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx) => ({ body: await clientRecord(ctx.db, (await params).id) }));
}

export function PATCH(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const { id } = await params;
    const input = await readBody(request, { revision: true, ...clientMembers });
    await editClient(ctx, actor, { ...input, id } as Parameters<typeof editClient>[2]);
    return { body: await clientRecord(ctx.db, id) };
  });
}
