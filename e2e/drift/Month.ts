import { hour, second, type Instant } from "#lib/core/Instant.ts";
import { findAll } from "#lib/db/rows.ts";
import { deliverOutbox } from "#lib/flows/channels/deliverOutbox.ts";
import { expireRequests } from "#lib/flows/review/expireRequests.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { refreshDueClients } from "#lib/flows/watch/refreshDueClients.ts";
import { resignHeads } from "#lib/flows/signing/resignHeads.ts";
import { sendDeliveries } from "#lib/flows/channels/sendDeliveries.ts";
import { tendFindings } from "#lib/flows/findings/tendFindings.ts";
import type { TestContext } from "#lib/flows/testing/openTestContext.ts";
import { watchTime } from "#lib/flows/watch/watchTime.ts";

/** Lets a month pass in minutes: the worker's own flows, and a clock that jumps from one due moment to the next. */
export class Month {
  readonly ctx: TestContext;
  #nextTending = 0;

  constructor(ctx: TestContext) {
    this.ctx = ctx;
  }

  /** Does everything that falls due until a moment, and stands there. */
  async until(end: Instant): Promise<void> {
    for (;;) {
      await this.#beat();
      const next = await this.#nextMoment();
      const now = this.ctx.clock();
      if (next > end) {
        this.ctx.pass(Math.max(0, end - now));
        return;
      }
      this.ctx.pass(Math.max(second, next - now));
    }
  }

  async #beat(): Promise<void> {
    const { ctx } = this;
    while ((await refreshDueClients(ctx)) > 0) {
      /* Until nobody is due. */
    }
    await publishDueReleases(ctx);
    if (ctx.clock() >= this.#nextTending) {
      this.#nextTending = ctx.clock() + hour;
      await resignHeads(ctx);
      await tendFindings(ctx);
      await watchTime(ctx);
      await expireRequests(ctx);
    }
    await deliverOutbox(ctx);
    await sendDeliveries(ctx);
  }

  async #nextMoment(): Promise<Instant> {
    const { db } = this.ctx;
    const [clients, due, deliveries] = await Promise.all([
      findAll(db, "client"),
      findAll(db, "due"),
      findAll(db, "delivery", { state: "waiting" }),
    ]);
    const leased = (row: { leasedUntil: Instant | null }) => row.leasedUntil ?? 0;
    return Math.min(
      this.#nextTending,
      ...clients.flatMap((row) => row.nextFetchAt ?? []),
      ...due.map((row) => Math.max(row.at, leased(row))),
      ...deliveries.flatMap((row) => row.nextAttemptAt ?? []),
    );
  }
}
