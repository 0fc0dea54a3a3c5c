import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listActivations } from "#lib/db/queries/listActivations.ts";
import { listReleases } from "#lib/db/queries/listReleases.ts";
import type { Row } from "#lib/db/rows.ts";
import type { AudienceState } from "./audienceStates.ts";

/** One release on its way to the servers of a list. */
export interface PropagationStep {
  readonly epoch: number;
  readonly rev: number;
  readonly cause: string;
  readonly issuedAt: Instant;
  /** Per server, in the order of the lanes: milliseconds until it said that it runs this or a newer one; null: not yet; undefined: it was connected later. */
  readonly lags: readonly (number | null | undefined)[];
  /** Milliseconds until the last server said so; null: one has not yet, or there is no server. */
  readonly safeAfter: number | null;
}

export interface Propagation {
  readonly slug: string;
  readonly name: string;
  readonly servers: readonly { readonly id: string; readonly name: string; readonly condition: string }[];
  /** Oldest first. */
  readonly steps: readonly PropagationStep[];
}

/** The last releases of a list beside its servers: who ran which one how long after it was signed, by our clock. */
export async function propagation(db: Read, state: AudienceState, last = 12): Promise<Propagation> {
  const releases = (await listReleases(db, state.id, last)).filter(
    ({ first }) => first.epoch === state.latest?.epoch,
  );
  const oldest = releases.at(-1)?.first;
  const activations = oldest ? await listActivations(db, state.id, oldest.epoch, oldest.rev) : [];
  return {
    slug: state.slug,
    name: state.name,
    servers: state.servers.map(({ id, name, condition }) => ({ id, name, condition })),
    steps: releases.map(({ first }) => stepOf(first, state, activations)).reverse(),
  };
}

function stepOf(
  head: Row<"head">,
  state: AudienceState,
  activations: readonly Row<"activation">[],
): PropagationStep {
  const isNewest = head.rev === state.latest?.rev;
  const lags = state.servers.map((server) => {
    if (server.connectedAt > head.issuedAt && !isNewest) return undefined;
    // Every instance that reached it counts, and every one that reports and has not.
    const reached = new Map<string, number>();
    for (const { consumerId, instance, rev, receivedAt } of activations)
      if (consumerId === server.id && rev >= head.rev)
        reached.set(instance, Math.min(receivedAt, reached.get(instance) ?? Infinity));
    if (reached.size === 0 || server.reporting.some((instance) => !reached.has(instance))) return null;
    return Math.max(0, Math.max(...reached.values()) - head.issuedAt);
  });
  const counted = lags.filter((lag) => lag !== undefined);
  const open = counted.length === 0 || counted.includes(null);
  const safeAfter = open ? null : Math.max(...counted.map((lag) => lag ?? 0));
  const { epoch, rev, cause, issuedAt } = head;
  return { epoch, rev, cause, issuedAt, lags, safeAfter };
}
