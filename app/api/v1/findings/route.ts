import { listFindings } from "#lib/views/findings/findingList.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";
import { findingFilter, findingParameters } from "./findingFilter.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const query = readQuery(request, [...findingParameters, "limit", "cursor"]);
    const limit = readWhole("limit", query.limit, { min: 1, max: 500, otherwise: 100 });
    const offset = readWhole("cursor", query.cursor, { min: 0, max: 100_000_000, otherwise: 0 });
    const filter = findingFilter(query);
    const { findings, matching } = await listFindings(ctx.db, ctx.clock(), filter, { offset, limit });
    const next = offset + findings.length;
    const nextCursor = findings.length > 0 && next < matching ? String(next) : null;
    return { body: { findings, matching, nextCursor } };
  });
}
