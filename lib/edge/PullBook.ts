import type { Context } from "#lib/context.ts";
import { recordPulls, type Pull } from "#lib/flows/servers/recordPulls.ts";

/** Which server pulled which head, collected in memory and written down together. */
export class PullBook {
  #pulls = new Map<string, Pull>();
  readonly #ctx: Context;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  note(tokenId: string, seq: number): void {
    this.#pulls.set(tokenId, { tokenId, seq, at: this.#ctx.clock() });
  }

  async flush(): Promise<void> {
    if (this.#pulls.size === 0) return;
    const pulls = [...this.#pulls.values()];
    this.#pulls = new Map();
    await recordPulls(this.#ctx, pulls).catch((error: unknown) =>
      this.#ctx.log.warn({ err: error }, "pulls could not be written down"),
    );
  }
}
