import { announceKey } from "#lib/flows/clients/announceKey.ts";
import { clientAnnouncements } from "#lib/views/clients/clientKeys.ts";
import { readBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

interface Place {
  readonly params: Promise<{ id: string }>;
}

export function GET(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: { announcements: await clientAnnouncements(ctx.db, ctx.clock(), (await params).id) },
  }));
}

export function POST(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const { jkt, jwk, note, expectedBy } = await readBody(request, {
      jkt: true,
      jwk: true,
      note: true,
      expected_by: true,
    });
    const made = await announceKey(ctx, personOnly(actor), {
      id: (await params).id,
      key: jwk ?? jkt,
      note: note as string | undefined,
      expectedBy: expectedBy as string,
    });
    return { status: 201, body: made };
  });
}
