import type { RiskTier } from "#lib/core/client.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import { hour, type Instant } from "#lib/core/Instant.ts";
import { freshFor } from "#lib/core/schedule/freshFor.ts";
import { nextVisit } from "#lib/core/schedule/nextVisit.ts";
import { stretchedTo } from "#lib/core/schedule/periods.ts";
import type { Context } from "#lib/context.ts";

/** When a client that was just read is visited next, with the publisher's `max-age` within the operator's bound. */
export function nextVisitOf(
  ctx: Context,
  client: { readonly clientId: string; readonly riskTier: RiskTier },
  fetches: readonly Fetched[],
  now: Instant,
): Instant {
  const stretched = stretchedTo(ctx.config.stretchHours * hour);
  return nextVisit(client.clientId, client.riskTier, now, { freshFor: freshFor(fetches), stretched });
}
