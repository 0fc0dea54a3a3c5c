import type { IncomingMessage } from "node:http";
import type { TokenActor } from "#lib/core/Actor.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import type { Context } from "#lib/context.ts";
import { tokenActor } from "#lib/views/people/sessionActor.ts";

/** How long an answer of the database about a token is good: a revoked token stops within this time. */
const goodFor = second;
const most = 10_000;

/** Who a bearer token stands for. Remembers for a second, so that thousands of polls are not thousands of queries. */
export class TokenDesk {
  readonly #known = new Map<string, { actor: TokenActor | undefined; at: Instant }>();
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  async actorOf(request: IncomingMessage): Promise<TokenActor | undefined> {
    const token = /^Bearer ([\x21-\x7e]{20,200})$/i.exec(request.headers.authorization ?? "")?.[1];
    if (!token) return undefined;
    const now = this.#ctx.clock();
    const known = this.#known.get(token);
    if (known && now - known.at < goodFor) return known.actor;
    const actor = await tokenActor(this.#ctx.db, now, token);
    if (this.#known.size >= most) this.#known.clear();
    if (actor) this.#known.set(token, { actor, at: now });
    return actor;
  }
}
