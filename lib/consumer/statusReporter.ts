import type { ConsumerEvent } from "./ConsumerEvent.ts";
import { clampTtl } from "./clampTtl.ts";
import { FetchFailed } from "./FetchFailed.ts";
import type { Active } from "./Active.ts";
import type { Refreshed } from "./listSync.ts";
import { latestWatch } from "./latestWatch.ts";
import { reportStatus } from "./reportStatus.ts";
import type { LatestHead, StatusReport } from "./wire.ts";

export interface StatusReporterOptions {
  /** Absent: nothing is reported. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly fetch: typeof fetch;
  readonly fixed: Pick<StatusReport, "list" | "instance" | "mode" | "enforcement" | "client">;
  readonly active: () => Active | null;
  /** Milliseconds. */
  readonly clock: () => number;
  readonly emit: (event: ConsumerEvent) => void;
}

/** Less than the five minutes after which silence counts as stale. */
const atLeastEvery = 4 * 60 * 1000;
/** A check this many times `ttl` ago makes a consumer stale. */
const staleAfter = 3;

/** Keeps what a report says, and reports after each activation or failure and at least every five minutes. */
export function statusReporter(options: StatusReporterOptions) {
  let checkedAt: number | null = null;
  let error: StatusReport["error"] = null;
  let reportedAt = Number.NEGATIVE_INFINITY;
  let stale = false;
  let sending: Promise<void> = Promise.resolve();
  const watch = latestWatch();
  const ttl = () => clampTtl(options.active()?.claims.ttl ?? 0);

  function note(refreshed: Refreshed): void {
    const now = Math.floor(options.clock() / 1000);
    if (refreshed.outcome === "aborted") return;
    // A partial head was fetched and verified: that check succeeded, although not all of the list is here.
    if (refreshed.outcome !== "failed" && refreshed.outcome !== "refused") checkedAt = now;
    if ("code" in refreshed) noteFailure(refreshed.code, refreshed.sentence, now);
    else {
      error = null;
      stale = false;
    }
    const patience = watch.isWaiting()
      ? Math.min(atLeastEvery, watch.lookAgainAfter(ttl()) * 1000)
      : atLeastEvery;
    const due = options.clock() - reportedAt >= patience;
    if (refreshed.outcome !== "unchanged" || due) sending = sending.then(send);
  }

  function noteFailure(code: string, detail: string, now: number): void {
    // One failure may change its face (a timeout, then no connection): it began when the last success ended.
    error = { code, detail, since: error?.since ?? now };
    const active = options.active();
    const lastGood = checkedAt ?? active?.remembered.activatedAt;
    if (stale || !active || lastGood === undefined || now - lastGood <= staleAfter * ttl()) return;
    stale = true;
    options.emit({ type: "stale", checkedAt });
  }

  async function send(): Promise<void> {
    if (!options.url) return;
    reportedAt = options.clock();
    const mine = latestOf(options.active());
    try {
      compare(await reportStatus(options.url, compose(mine), options), mine);
    } catch (failure) {
      if (!(failure instanceof FetchFailed)) throw failure;
      options.emit({ type: "status_failed", code: failure.code, sentence: failure.message });
    }
  }

  function compose(mine: LatestHead | null): StatusReport {
    const { activatedAt: at = 0, head } = options.active()?.remembered ?? {};
    return {
      ...options.fixed,
      active: mine && { ...mine, activated_at: at, ...(head === undefined ? {} : { head }) },
      checked_at: checkedAt ?? 0,
      error,
    };
  }

  function compare(latest: LatestHead, mine: LatestHead | null): void {
    if (!mine) return;
    const now = Math.floor(options.clock() / 1000);
    const standing = watch.compare(latest, mine, { now, checkedAt, ttl: ttl() });
    if (standing) options.emit({ ...standing, latest, mine });
  }

  return {
    note,
    checkedAt: () => checkedAt,
    /** Resolves when no report is under way. */
    settled: () => sending,
  };
}

function latestOf(active: Active | null): LatestHead | null {
  if (!active) return null;
  const { epoch, seq, rev, digest } = active.remembered;
  return { epoch, seq, rev, digest };
}
