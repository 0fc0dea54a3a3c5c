import { peopleAndTeams } from "#lib/views/people/peopleAndTeams.ts";
import { respond } from "../respond.ts";

export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { teams } = await peopleAndTeams(ctx.db, ctx.clock());
    return { body: { teams } };
  });
}
