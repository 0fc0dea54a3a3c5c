import { withdrawAnnouncement } from "#lib/flows/clients/announceKey.ts";
import { readOptionalBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    await readOptionalBody(request, {});
    await withdrawAnnouncement(ctx, personOnly(actor), { announcementId: (await params).id });
    return {};
  });
}
