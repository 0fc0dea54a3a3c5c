import type { Instant } from "#lib/core/Instant.ts";
import type { Budget } from "#lib/core/schedule/take.ts";
import { Budgets } from "./Budgets.ts";

/** Bytes are counted in these: a budget is a matter of thousands. */
const unit = 1_024;

/**
 * Of one token, and one kind of report. Five hundred instances of a server share its token: all of them may report at once,
 * twice, and each once a minute for ever.
 */
export const reportsOfToken: Budget = { perSecond: 10, burst: 1_200 };

/**
 * The same for what they carry together, in KiB: one of the largest bodies of sightings every two seconds, for such a body takes
 * a quarter of a second to count.
 */
export const kibOfToken: Budget = { perSecond: 128, burst: 8 * 1_024 };

export interface ReportBudgets {
  /** Takes one report of so many bytes. 0: it may come in; otherwise the seconds to wait, and nothing was taken. */
  take(kind: string, tokenId: string, bytes: number): number;
  /** When people were last told of a token that sends too much, by its id. */
  readonly told: Map<string, Instant>;
}

/** What each token may report, counted in memory by this process. */
export function reportBudgets(
  clock: () => Instant,
  reports: Budget = reportsOfToken,
  kib: Budget = kibOfToken,
): ReportBudgets {
  const counted = new Budgets(clock, reports);
  const weighed = new Budgets(clock, kib);
  return {
    take(kind, tokenId, bytes) {
      const key = `${kind} ${tokenId}`;
      return counted.take(key) || weighed.take(key, bytes / unit);
    },
    told: new Map(),
  };
}
