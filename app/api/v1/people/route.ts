import { peopleAndTeams } from "#lib/views/people/peopleAndTeams.ts";
import { respond } from "../respond.ts";

/** Addresses of people stay on the screen: a program needs ids. */
export function GET(request: Request): Promise<Response> {
  return respond(request, "read", async (ctx) => {
    const { people } = await peopleAndTeams(ctx.db, ctx.clock());
    return {
      body: {
        people: people.map(({ id, name, role, active, teams }) => ({ id, name, role, active, teams })),
      },
    };
  });
}
