import { minute, second } from "#lib/core/Instant.ts";
import type { HostState } from "#lib/core/schedule/HostState.ts";
import { planVisits } from "#lib/core/schedule/planVisits.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { dueClients, type DueVisit } from "#lib/db/queries/dueClients.ts";
import { readHostStates, saveHostStates } from "#lib/db/queries/hostStates.ts";
import { leaseClients, postponeClients } from "#lib/db/queries/leaseClients.ts";
import type { HostMemory } from "./hostMemory.ts";

const lease = 2 * minute;
/** How long a visit waits in the process for its token. */
const patience = 2 * second;

/** A client that is this worker's until `lease`. */
export interface Visit {
  readonly client: DueVisit;
  readonly lease: number;
  /** Not before: the moment of its token. */
  readonly at: number;
}

export interface LeasedVisits {
  readonly visits: readonly Visit[];
  /** Whether there may be more clients that are due now. */
  readonly more: boolean;
}

/**
 * Takes clients whose time has come, up to `most`, as far as the breakers and budgets of their hosts let them; the
 * others are given the moment at which to ask again.
 */
export async function leaseVisits(ctx: Context, hosts: HostMemory, most: number): Promise<LeasedVisits> {
  const now = ctx.clock();
  const until = now + lease;
  const { plan, due } = await ctx.db.transaction(async (tx) => {
    const clients = await dueClients(tx, now, most);
    const planned = await planFor(ctx, tx, hosts, clients, now);
    await leaseClients(
      tx,
      planned.go.map(({ client }) => client.id),
      until,
    );
    await postponeClients(
      tx,
      planned.wait.map((each) => ({ id: each.client.id, until: each.until })),
    );
    return { plan: planned, due: clients.length };
  });
  hosts.keep(plan.states, now);
  return {
    visits: plan.go.map(({ client, waitMs }) => ({ client, lease: until, at: now + waitMs })),
    more: due === most,
  };
}

async function planFor(
  ctx: Context,
  tx: Write,
  hosts: HostMemory,
  clients: readonly DueVisit[],
  now: number,
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
