import { riskTiers, type RiskTier } from "../client.ts";
import { second, type Instant } from "../Instant.ts";
import { askBreaker } from "./breaker.ts";
import { restedHost, type HostState } from "./HostState.ts";
import { take, type Budget } from "./take.ts";

export interface DueClient {
  readonly clientId: string;
  readonly host: string;
  readonly riskTier: RiskTier;
}

export interface PlanRules<Client> {
  /** The budgets a visit is charged to, one mention for each request: see `budgetsOf`. */
  readonly charges: (client: Client) => readonly string[];
  readonly budget: Budget;
  /** Who gets a token within this many milliseconds waits for it; everybody else gives the visit up for now. */
  readonly patience: number;
}

export interface VisitPlan<Client> {
  /** In the order of their turns, each no sooner than `waitMs` from now. */
  readonly go: readonly { readonly client: Client; readonly waitMs: number }[];
  readonly wait: readonly { readonly client: Client; readonly until: Instant }[];
  /** The states that are other ones now. */
  readonly states: ReadonlyMap<string, HostState>;
}

/**
 * Who of the clients that are due may be visited now: those whose host's breaker lets them, as far as the budgets go,
 * the riskiest first. Whoever waits for a budget gets a turn of its own, one interval after the last that was given,
 * so that a crowd is asked once each and not all of it at every beat. A turn is no token: it is taken when the client
 * comes back, so that no more go than the budget allows even when a worker slept through the turns.
 */
export function planVisits<Client extends DueClient>(
  due: readonly Client[],
  stateOf: (name: string) => HostState | undefined,
  now: Instant,
  rules: PlanRules<Client>,
): VisitPlan<Client> {
  const states = new Map<string, HostState>();
  const current = (name: string) => states.get(name) ?? stateOf(name) ?? restedHost;
  const go: { client: Client; waitMs: number }[] = [];
  const wait: { client: Client; until: Instant }[] = [];
  for (const tier of riskTiers.toReversed())
    for (const client of due) {
      if (client.riskTier !== tier) continue;
      const asked = askBreaker(current(client.host).breaker, client, now);
      if (!asked.go) {
        wait.push({ client, until: asked.waitUntil });
        continue;
      }
      const charged = chargesOf(rules.charges(client), current, now, rules.budget);
      if (charged.waitMs > rules.patience) {
        const until = turnAfter(charged, current, now, rules.budget);
        for (const name of charged.states.keys()) states.set(name, { ...current(name), queuedUntil: until });
        wait.push({ client, until });
        continue;
      }
      for (const [name, state] of charged.states) states.set(name, state);
      if (asked.breaker !== current(client.host).breaker)
        states.set(client.host, { ...current(client.host), breaker: asked.breaker });
      go.push({ client, waitMs: charged.waitMs });
    }
  return { go, wait, states };
}

interface Charged {
  readonly states: ReadonlyMap<string, HostState>;
  readonly waitMs: number;
  /** How many tokens of one budget the visit takes. */
  readonly tokens: number;
}

function chargesOf(
  names: readonly string[],
  current: (name: string) => HostState,
  now: Instant,
  budget: Budget,
): Charged {
  const states = new Map<string, HostState>();
  let waitMs = 0;
  for (const name of names) {
    const state = states.get(name) ?? current(name);
    const taken = take(state, now, budget);
    states.set(name, { ...state, fullAt: taken.bucket.fullAt });
    waitMs = Math.max(waitMs, taken.waitMs);
  }
  return { states, waitMs, tokens: Math.ceil(names.length / states.size) };
}

function turnAfter(
  { states, waitMs, tokens }: Charged,
  current: (name: string) => HostState,
  now: Instant,
  { perSecond }: Budget,
): Instant {
  const last = Math.max(...[...states.keys()].map((name) => current(name).queuedUntil));
  return Math.ceil(Math.max(now + waitMs, last + (tokens * second) / perSecond));
}
