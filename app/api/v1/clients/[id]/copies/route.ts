import { uploadSnapshot } from "#lib/flows/clients/uploadSnapshot.ts";
import { clientCopies } from "#lib/views/clients/copyRecords.ts";
import { readBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

interface Place {
  readonly params: Promise<{ id: string }>;
}

/** A document may be as large as one that is fetched, and as text in JSON it takes up to six times the room. */
const mostBytes = 1024 * 1024;

export function GET(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx) => ({
    body: { copies: await clientCopies(ctx.db, (await params).id) },
  }));
}

export function POST(request: Request, { params }: Place): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const person = personOnly(actor);
    const input = await readBody(request, { document: true, key_set: true, note: true }, mostBytes);
    const asked = { ...input, id: (await params).id } as Parameters<typeof uploadSnapshot>[2];
    const { attestationId: id, ...judged } = await uploadSnapshot(ctx, person, asked);
    return { status: 201, headers: { location: `/api/v1/copies/${id}` }, body: { id, ...judged } };
  });
}
