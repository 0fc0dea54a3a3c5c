import type { Instant } from "#lib/core/Instant.ts";
import { closedBreaker, tellBreaker, type HostNews } from "#lib/core/schedule/breaker.ts";
import { restedHost, type HostState } from "#lib/core/schedule/HostState.ts";
import { speaksOfHost } from "#lib/core/schedule/speaksOfHost.ts";
import type { Write } from "#lib/db/Database.ts";
import { readHostStates, saveHostStates } from "#lib/db/queries/hostStates.ts";
import { update } from "#lib/db/rows.ts";
import type { Seen } from "./observeClient.ts";

/**
 * Tells the breakers of the hosts how visits ended, in the transaction that takes in the outcomes. A client that failed
 * while its host's breaker is open comes next as the probe.
 */
export async function tellHosts(tx: Write, batch: readonly Seen[], now: Instant): Promise<void> {
  const hosts = new Set<string>();
  for (const { visit } of batch) if (visit) hosts.add(visit.client.host);
  const stored = await readHostStates(tx, hosts);
  // Nearly always nobody is in trouble.
  if (!batch.some(hasFailed) && [...stored.values()].every(isAtRest)) return;
  const told = batch.flatMap((seen) => newsOf(seen) ?? []);
  const changed = new Map<string, HostState>();
  const nextOf = new Map<string, Instant | undefined>();
  for (const { id, news } of told) {
    const state = changed.get(news.host) ?? stored.get(news.host) ?? restedHost;
    const breaker = tellBreaker(state.breaker, news, now);
    if (breaker !== state.breaker && !(breaker === closedBreaker && isAtRest(state)))
      changed.set(news.host, { ...state, breaker });
    nextOf.set(id, news.failed && breaker.state === "open" ? breaker.probeAt : undefined);
  }
  await saveHostStates(tx, changed, now);
  for (const [id, nextFetchAt] of nextOf)
    if (nextFetchAt !== undefined) await update(tx, "client", { id }, { nextFetchAt });
}

function hasFailed({ observation }: Seen): boolean {
  const answer = observation.fetches[0];
  return answer !== undefined && speaksOfHost(answer.outcome);
}

function isAtRest({ breaker }: HostState): boolean {
  return breaker.state === "closed" && breaker.failed.length === 0;
}

/** Nothing when nothing was sent, or nobody waits for the host's budget and breaker: a person asked. */
function newsOf({ clientRowId, observation, visit }: Seen): { id: string; news: HostNews } | undefined {
  const answer = observation.fetches[0];
  if (!visit || !answer) return undefined;
  const failed = speaksOfHost(answer.outcome);
  if (!failed && answer.status === undefined) return undefined;
  const { host, clientId } = visit.client;
  return { id: clientRowId, news: { host, clientId, failed, retryAfter: answer.retryAfter } };
}
