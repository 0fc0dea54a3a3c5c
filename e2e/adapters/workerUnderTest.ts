import worker, { Roster as RealRoster } from "#examples/cloudflare-workers/worker.ts";

let ahead = 0;

/** The roster of the example with a clock that can be moved. */
export class Roster extends RealRoster {
  override now(): number {
    return Date.now() + ahead;
  }

  async advance(seconds: number): Promise<void> {
    ahead += seconds * 1000;
  }
}

interface WithClock {
  getByName(name: string): { advance(seconds: number): Promise<void> };
}

export default {
  ...worker,
  async fetch(
    request: Request,
    env: Parameters<typeof worker.fetch>[1],
    ctx: ExecutionContext,
  ): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname !== "/test/advance") return worker.fetch(request, env, ctx);
    const roster = (env.ROSTER as unknown as WithClock).getByName("allowlist");
    await roster.advance(Number(searchParams.get("seconds")));
    return new Response(null, { status: 204 });
  },
};
