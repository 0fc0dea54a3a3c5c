import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "#components/Chip.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { DeliveryState } from "#lib/core/notice/DeliveryState.ts";
import { deliveryLooks } from "./deliveryWords.ts";

export interface Delivery {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly topic: string;
  readonly severity: DriftSeverity | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly at: Instant;
  readonly nextAttemptAt: Instant | null;
  readonly lastSentence: string | null;
  readonly eventId: string;
}

export interface DeliveryListProps {
  readonly deliveries: readonly Delivery[];
  readonly now: Instant;
  /** The channel's name and link, where several are listed. */
  readonly channel?: (delivery: Delivery) => ReactNode;
  /** What can be done about one. */
  readonly act?: (delivery: Delivery) => ReactNode;
}

/** What was sent or is to be: the event, where it stands, and the other side's answer under it. */
export function DeliveryList({ deliveries, now, channel, act }: DeliveryListProps) {
  return (
    <ul className="divide-y divide-line">
      {deliveries.map((delivery) => {
        const [tone, shape, word] = deliveryLooks[delivery.state];
        const isWell = delivery.state === "delivered" || delivery.state === "digested";
        return (
          <li key={delivery.id} data-row="" className="grid gap-1 px-3.5 py-2.5">
            <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Chip tone={tone} shape={shape}>
                {word}
              </Chip>
              <Link
                href={delivery.path}
                data-open=""
                className="min-w-0 flex-1 basis-60 font-medium [overflow-wrap:anywhere] hover:underline max-md:order-first max-md:basis-full"
              >
                {delivery.title}
              </Link>
              {delivery.severity && <SeverityChip severity={delivery.severity} />}
              {act?.(delivery)}
            </div>
            <p className="flex flex-wrap gap-x-2.5 text-sm text-ink-2">
              {channel && <span>{channel(delivery)}</span>}
              <RelativeTime at={delivery.at} now={now} ago />
              {delivery.attempts > 1 && <span className="tabular-nums">{delivery.attempts} tries</span>}
              {delivery.state === "waiting" &&
                delivery.nextAttemptAt !== null &&
                delivery.nextAttemptAt > now && (
                  <span>
                    next try <RelativeTime at={delivery.nextAttemptAt} now={now} />
                  </span>
                )}
              <code className="text-ink-3">{delivery.topic}</code>
              {isWell && delivery.lastSentence && <span>{delivery.lastSentence}</span>}
            </p>
            {!isWell && delivery.lastSentence && (
              <p className="text-sm [overflow-wrap:anywhere] text-ink-2">{delivery.lastSentence}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
