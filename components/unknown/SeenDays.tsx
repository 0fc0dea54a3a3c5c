import type { Instant } from "#lib/core/Instant.ts";
import { dayOf } from "../time.ts";

const dayLength = 24 * 60 * 60 * 1_000;

/** Questions on each of the last days, the newest at the right, as bars; in words for who cannot see them. */
export function SeenDays({ days, now }: { days: readonly number[]; now: Instant }) {
  const highest = Math.max(1, ...days);
  const at = (place: number) => dayOf(now - (days.length - 1 - place) * dayLength).replace(/ \d{4}$/, "");
  return (
    <span
      role="img"
      aria-label={`Each day: ${days.map((count, place) => `${at(place)} ${count}`).join(", ")}`}
      className="inline-flex h-[18px] items-end gap-px align-middle"
    >
      {days.map((count, place) => (
        <span
          key={place}
          title={`${at(place)}: ${count}`}
          className={count === 0 ? "w-[5px] bg-line" : "w-[5px] rounded-t-[1px] bg-ink-3"}
          style={{ height: count === 0 ? 1 : `${Math.max(15, (100 * count) / highest)}%` }}
        />
      ))}
    </span>
  );
}
