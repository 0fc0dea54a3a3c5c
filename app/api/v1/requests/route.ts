import { Refusal } from "#lib/core/Refusal.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { listRequestRecords } from "#lib/views/review/requestRecord.ts";
import { readBody } from "../readBody.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";
import { grantMembers } from "../shapes.ts";

const states = ["open", "approved", "denied", "withdrawn", "expired"] as const;

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const query = readQuery(request, ["state", "limit"]);
    const state = states.find((each) => each === query.state);
    if (query.state !== undefined && !state) {
      const sentence = `The state is one of ${states.join(", ")}.`;
      throw new Refusal("invalid_input", sentence, { state: sentence });
    }
    const limit = readWhole("limit", query.limit, { min: 1, max: 500, otherwise: 100 });
    return { body: { requests: await listRequestRecords(ctx.db, state, limit) } };
  });
}

export function POST(request: Request): Promise<Response> {
  return respond(request, "register", async (ctx, actor) => {
    const input = await readBody(request, { id: true, kind: true, ...grantMembers, reason: true });
    const made = await openRequest(ctx, actor, input as Parameters<typeof openRequest>[2]);
    return { status: 201, headers: { location: `/api/v1/requests/${made.number}` }, body: made };
  });
}
