import { minute, type Instant } from "#lib/core/Instant.ts";
import { budgetsOf } from "#lib/core/schedule/budgetsOf.ts";
import { closedBreaker } from "#lib/core/schedule/breaker.ts";
import type { HostState } from "#lib/core/schedule/HostState.ts";

/** How long a worker remembers that it visited a host, and how many hosts and domains. */
const memory = minute;
const most = 100_000;

/**
 * What one worker remembers of hosts between slices, so that a host with a single client, visited once an hour, costs
 * no row in the database. Breakers are not in it: they are the database's alone.
 */
export interface HostMemory {
  budgetsOf(host: string): readonly string[];
  /** What is stored, and what this worker did since. */
  recall(name: string, stored: HostState | undefined): HostState | undefined;
  /** Whether this worker visited it within the last minute. */
  isFamiliar(name: string, now: Instant): boolean;
  keep(states: ReadonlyMap<string, HostState>, now: Instant): void;
}

export function hostMemory(): HostMemory {
  const budgets = new Map<string, readonly string[]>();
  const known = new Map<string, { readonly state: HostState; readonly at: Instant }>();
  return {
    budgetsOf(host) {
      let names = budgets.get(host);
      if (!names) {
        if (budgets.size >= most) budgets.clear();
        budgets.set(host, (names = budgetsOf(host)));
      }
      return names;
    },
    recall(name, stored) {
      const mine = known.get(name)?.state;
      if (!mine || !stored) return stored ?? mine;
      return {
        fullAt: Math.max(mine.fullAt, stored.fullAt),
        queuedUntil: Math.max(mine.queuedUntil, stored.queuedUntil),
        breaker: stored.breaker,
      };
    },
    isFamiliar(name, now) {
      const at = known.get(name)?.at;
      return at !== undefined && now - at < memory;
    },
    keep(states, now) {
      for (const [name, state] of states) {
        // Last in the order of the map: the oldest come first when room is made.
        known.delete(name);
        known.set(name, { state: { ...state, breaker: closedBreaker }, at: now });
      }
      for (const [name, { state, at }] of known) {
        if (known.size <= most && now - at < memory) break;
        if (known.size > most || state.fullAt <= now) known.delete(name);
      }
    },
  };
}
