import { parseClientFilter } from "#lib/core/clientFilter/parseClientFilter.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import { recordUnreadClient } from "#lib/flows/clients/recordUnreadClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { listClients } from "#lib/views/clients/listClients.ts";
import { readBody } from "../readBody.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";
import { clientMembers, grantMembers } from "../shapes.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { q, limit: asked, cursor } = readQuery(request, ["q", "limit", "cursor"]);
    const { filter, faults } = parseClientFilter(q ?? "");
    const [fault] = faults;
    if (fault) throw new Refusal("invalid_input", fault.sentence, { q: fault.sentence });
    const limit = readWhole("limit", asked, { min: 1, max: 500, otherwise: 100 });
    const offset = readWhole("cursor", cursor, { min: 0, max: 100_000_000, otherwise: 0 });
    const order = { by: "client_id", descending: false } as const;
    const { lines, matching } = await listClients(ctx.db, ctx.clock(), { filter, order, offset, limit });
    const next = offset + lines.length;
    return { body: { clients: lines, matching, nextCursor: next < matching ? String(next) : null } };
  });
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "register", async (ctx, actor) => {
    const shape = {
      client_id: true,
      profile: true,
      ...clientMembers,
      ...grantMembers,
      reason: true,
      record_unread: true,
    } as const;
    const { recordUnread, ...input } = await readBody(request, shape);
    if (recordUnread === true) {
      const { id } = await recordUnreadClient(ctx, actor, input as Parameters<typeof recordUnreadClient>[2]);
      return {
        status: 201,
        headers: { location: `/api/v1/clients/${id}` },
        body: { id, requestNumber: null },
      };
    }
    const made = await registerClient(ctx, actor, input as Parameters<typeof registerClient>[2]);
    return { status: 201, headers: { location: `/api/v1/clients/${made.id}` }, body: made };
  });
}
