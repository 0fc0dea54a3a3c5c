import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { readOptionalBody } from "../../../readBody.ts";
import { personOnly, respond } from "../../../respond.ts";

export function POST(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    await readOptionalBody(request, {});
    await confirmAnnouncement(ctx, personOnly(actor), { announcementId: (await params).id });
    return {};
  });
}
