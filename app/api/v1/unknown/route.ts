import { Refusal } from "#lib/core/Refusal.ts";
import { unknownShows } from "#lib/views/sightings/unknownClients.ts";
import { unknownRecords } from "#lib/views/sightings/unknownRecords.ts";
import { readQuery, readWhole } from "../readQuery.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx, actor) => {
    const query = readQuery(request, ["q", "show", "host", "server", "limit", "cursor"]);
    const show = unknownShows.find((each) => each === (query.show ?? "all"));
    if (!show) {
      const sentence = `One of ${unknownShows.join(", ")}.`;
      throw new Refusal("invalid_input", `There is no such part of the list. ${sentence}`, {
        show: sentence,
      });
    }
    const limit = readWhole("limit", query.limit, { min: 1, max: 200, otherwise: 50 });
    const offset = readWhole("cursor", query.cursor, { min: 0, max: 100_000, otherwise: 0 });
    const { host, server, q = "" } = query;
    const found = await unknownRecords(ctx.db, ctx.clock(), actor, { show, q, host, server, offset, limit });
    const next = offset + found.hosts.length;
    return { body: { ...found, nextCursor: next < found.matching ? String(next) : null } };
  });
}
