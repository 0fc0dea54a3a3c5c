import { minute, second, type Instant } from "#lib/core/Instant.ts";
import type { HostState } from "#lib/core/schedule/HostState.ts";
import { planVisits } from "#lib/core/schedule/planVisits.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { endClaims, makeClaim, standingClaims } from "#lib/db/queries/claims.ts";
import { dueClients, type DueVisit } from "#lib/db/queries/dueClients.ts";
import { readHostStates, saveHostStates } from "#lib/db/queries/hostStates.ts";
import { postponeClients } from "#lib/db/queries/postponeClients.ts";
import { dueCursor, type DueCursor } from "./dueCursor.ts";
import type { HostMemory } from "./hostMemory.ts";

/** A worker that has not written its outcomes by then is taken for dead. */
const claimed = 2 * minute;
/** How long a visit waits in the process for its token. */
const patience = 2 * second;

/** A client that this worker visits. */
export interface Visit {
  readonly client: DueVisit;
  /** Not before: the moment of its token. */
  readonly at: Instant;
}

export interface ClaimedVisits {
  readonly visits: readonly Visit[];
  /** To be ended when their outcomes are written; absent when there are none. */
  readonly claim?: string;
  /** How many clients were due: as many as were asked for means that there may be more. */
  readonly due: number;
  /** Whether it was looked for from the beginning: only then does none mean that nobody is due. */
  readonly isWhole: boolean;
}

/**
 * Claims clients whose time has come, up to `most`, as far as the breakers and budgets of their hosts let them; the
 * others are given the moment at which to ask again. Ends the claims that are over.
 */
export async function claimVisits(
  ctx: Context,
  hosts: HostMemory,
  most: number,
  over: readonly string[] = [],
  cursor: DueCursor = dueCursor(),
): Promise<ClaimedVisits> {
  const now = ctx.clock();
  const id = ctx.newId();
  const from = cursor.next(now);
  const { plan, due, last } = await ctx.db.transaction(async (tx) => {
    await endClaims(tx, over, now);
    const clients = await dueClients(tx, now, most, await standingClaims(tx), from);
    const planned = await planFor(ctx, tx, hosts, clients, now);
    const [first, last] = [clients[0], clients.at(-1)];
    if (first && last && planned.go.length > 0)
      await makeClaim(tx, { id, dueFrom: first.dueAt, dueTo: last.dueAt, until: now + claimed });
    const turns = planned.wait.map((each) => ({ id: each.client.id, until: each.until }));
    await postponeClients(tx, turns);
    return { plan: planned, due: clients.length, last: last?.dueAt };
  });
  cursor.found(last);
  hosts.keep(plan.states, now);
  return {
    visits: plan.go.map(({ client, waitMs }) => ({ client, at: now + waitMs })),
    claim: plan.go.length > 0 ? id : undefined,
    due,
    isWhole: from === 0,
  };
}

async function planFor(
  ctx: Context,
  tx: Write,
  hosts: HostMemory,
  clients: readonly DueVisit[],
  now: Instant,
) {
  const budget = budgetOf(ctx);
  const charges = (client: DueVisit) => chargesOf(hosts, client);
  const stored = await readHostStates(tx, new Set(clients.flatMap(charges)));
  const stateOf = (name: string) => hosts.recall(name, stored.get(name));
  const plan = planVisits(clients, stateOf, now, { charges, budget, patience });
  const worthARow = ([name, state]: readonly [string, HostState]) =>
    stored.has(name) ||
    state.queuedUntil > now ||
    state.breaker.state !== "closed" ||
    // One token that is back within the interval says nothing, unless it is one in a row of many.
    state.fullAt - now > second / budget.perSecond ||
    hosts.isFamiliar(name, now);
  await saveHostStates(tx, new Map([...plan.states].filter(worthARow)), now);
  return plan;
}

/** Twice the rate may go at once. */
function budgetOf({ config }: Context) {
  const perSecond = config.hostBudgetPerSecond;
  return { perSecond, burst: 2 * perSecond };
}

/** The document's request, and the key set's, which may be on a host of its own. */
function chargesOf(hosts: HostMemory, { host, keySetUrl }: DueVisit): readonly string[] {
  const names = hosts.budgetsOf(host);
  if (!keySetUrl || !URL.canParse(keySetUrl)) return names;
  return [...names, ...hosts.budgetsOf(new URL(keySetUrl).hostname)];
}
