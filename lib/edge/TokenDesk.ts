import type { IncomingMessage } from "node:http";
import type { TokenActor } from "#lib/core/Actor.ts";
import { second, type Instant } from "#lib/core/Instant.ts";
import { fullBucket, take } from "#lib/core/schedule/take.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Context } from "#lib/context.ts";
import { liveTokens, type LiveToken } from "#lib/views/people/liveTokens.ts";

/** How long what was read of the tokens is good: a revoked one stops within this time. */
const goodFor = second;

/** How often they are read again at once because one is not known: it may have been made this very second. */
const early = { perSecond: 1, burst: 20 };

/**
 * Who a bearer token stands for. All live tokens are read at most every second, by their hashes, so that thousands of
 * polls are not thousands of queries, and a wrong token costs a hash and a look at a map: guessing neither asks the
 * database nor leaves anything in memory.
 */
export class TokenDesk {
  #tokens: ReadonlyMap<string, LiveToken> = new Map();
  #readAt: Instant = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #early = fullBucket;
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  async actorOf(request: IncomingMessage): Promise<TokenActor | undefined> {
    const token = /^Bearer ([\x21-\x7e]{20,200})$/i.exec(request.headers.authorization ?? "")?.[1];
    if (!token) return undefined;
    const hash = sha256Hex(token);
    const now = this.#ctx.clock();
    if (now - this.#readAt >= goodFor) await (this.#reading ?? this.#read());
    let known = this.#tokens.get(hash);
    if (!known && this.#mayReadEarly(now)) {
      await this.#read();
      known = this.#tokens.get(hash);
    }
    return known && (known.expiresAt === null || known.expiresAt > now) ? known.actor : undefined;
  }

  #mayReadEarly(now: Instant): boolean {
    const { bucket, waitMs } = take(this.#early, now, early);
    if (waitMs > 0) return false;
    this.#early = bucket;
    return true;
  }

  /** A reading that begins now; one at a time, and everybody who waits for the next one shares it. */
  async #read(): Promise<void> {
    await this.#reading?.catch(() => undefined);
    this.#reading ??= this.#readNow().finally(() => (this.#reading = undefined));
    await this.#reading;
  }

  async #readNow(): Promise<void> {
    const at = this.#ctx.clock();
    this.#tokens = await liveTokens(this.#ctx.db);
    this.#readAt = at;
  }
}
