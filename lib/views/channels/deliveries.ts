import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import type { Read } from "#lib/db/Database.ts";
import { type DeliveryFilter, pageOfDeliveries } from "#lib/db/queries/pageOfDeliveries.ts";

export interface DeliveryLine {
  readonly id: string;
  readonly channelId: string;
  /** What a receiver sees as webhook-id. */
  readonly eventId: string;
  readonly topic: string;
  readonly severity: DriftSeverity | null;
  readonly title: string;
  /** Of the screen it is about. */
  readonly path: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: Instant;
  readonly nextAttemptAt: Instant | null;
  readonly deliveredAt: Instant | null;
  readonly lastStatus: number | null;
  readonly lastSentence: string | null;
}

export interface DeliveryPage {
  readonly deliveries: readonly DeliveryLine[];
  /** Of the page after this one. */
  readonly nextCursor: string | null;
}

/** Deliveries that match, newest first. */
export async function deliveries(
  db: Read,
  filter: { readonly channelId?: string; readonly state?: DeliveryState; readonly cursor?: string },
  limit: number,
): Promise<DeliveryPage> {
  const { channelId, state } = filter;
  const rows = await pageOfDeliveries(db, { channelId, state, before: readCursor(filter.cursor) }, limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    deliveries: shown.map((row) => {
      const { notice } = row.payload as unknown as { notice: Notice };
      return {
        id: row.id,
        channelId: row.channelId,
        eventId: row.eventId,
        topic: row.topic,
        severity: row.severity,
        title: notice.title,
        path: notice.path,
        state: row.state,
        attempts: row.attempts,
        at: row.at,
        nextAttemptAt: row.nextAttemptAt,
        deliveredAt: row.deliveredAt,
        lastStatus: row.lastStatus,
        lastSentence: row.lastSentence,
      };
    }),
    nextCursor: last && rows.length > limit ? `${last.at}-${last.id}` : null,
  };
}

function readCursor(cursor: string | undefined): DeliveryFilter["before"] {
  const [, at, id] = /^(\d{1,15})-([0-9a-zA-Z-]{1,80})$/.exec(cursor ?? "") ?? [];
  return at && id ? { at: Number(at), id } : undefined;
}
