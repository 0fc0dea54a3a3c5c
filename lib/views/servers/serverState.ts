import { minute, second, type Instant } from "#lib/core/Instant.ts";
import type { Row } from "#lib/db/rows.ts";

export type ServerCondition =
  "current" | "behind" | "failing" | "stale" | "silent" | "divergent" | "starting" | "never";

/** A consumer reports at least every five minutes, or with each look when it looks less often: after this its word is old. */
const shortestSilence = 10 * minute;
const missedLooks = 3;
/** Clocks that differ by less do not matter: heads are good for a minute around their times. */
const skewTold = minute;

/** What one server (all its instances together) is known to run. */
export interface ServerState {
  readonly id: string;
  readonly name: string;
  readonly condition: ServerCondition;
  /** What is so, and what to do about it. */
  readonly sentence: string;
  /** The release the furthest-behind instance says it runs. */
  readonly rev: number | null;
  readonly seq: number | null;
  /** Releases between that and the newest. */
  readonly behind: number;
  /** When the first release it lacks was signed. */
  readonly behindSince: Instant | null;
  /** From signing to "active", for the release it runs; milliseconds. */
  readonly pickedUpIn: number | null;
  readonly reportedAt: Instant | null;
  readonly pulledAt: Instant | null;
  readonly pulledSeq: number | null;
  /** When it last checked its list, by its own clock. */
  readonly checkedAt: Instant | null;
  /** How far its clock is ahead of ours (behind: negative), in milliseconds, when that is more than a minute. */
  readonly clockSkew: number | null;
  /** Since when it refuses or cannot read its list, by its own clock. */
  readonly failingSince: Instant | null;
  readonly instances: number;
  /** The instances whose word is not old. */
  readonly reporting: readonly string[];
  readonly mode: "lazy" | "mirror" | null;
  readonly enforcement: "enforce" | "report_only" | null;
  readonly software: string | null;
  readonly connectedAt: Instant;
}

export interface ReportedInstance {
  readonly report: Row<"report">;
  /** The head with the digest it reports; absent when no such head was ever signed here. */
  readonly head?: Row<"head">;
}

/** The newest release: its number, and how often servers look for a newer one. */
export interface Newest {
  readonly epoch: number;
  readonly rev: number;
  /** Seconds; 10 unless given. */
  readonly ttl?: number;
}

/** Judges a server by the worst of its instances: published is not enforced until every one says so. */
export function serverState(
  consumer: Row<"consumer">,
  instances: readonly ReportedInstance[],
  latest: Newest | undefined,
  signedAt: (rev: number) => Instant | undefined,
  now: Instant,
): ServerState {
  const judged = instances.map((each) => judge(each, latest, now));
  const worst = judged.toSorted(worstFirst)[0];
  const shown = worst?.instance;
  const rev = shown?.head?.rev ?? null;
  const behind = latest && rev !== null ? Math.max(0, latest.rev - rev) : 0;
  const head = shown?.head;
  const base = {
    id: consumer.id,
    name: consumer.name,
    rev,
    seq: shown?.report.seq ?? null,
    behind,
    behindSince: behind > 0 && rev !== null ? (signedAt(rev + 1) ?? null) : null,
    pickedUpIn:
      head && shown?.report.activatedAt && head.cause !== "re-signed"
        ? Math.max(0, shown.report.activatedAt - head.issuedAt)
        : null,
    reportedAt: shown?.report.receivedAt ?? null,
    checkedAt: shown?.report.checkedAt || null,
    clockSkew: shown ? skewOf(shown.report) : null,
    failingSince: shown?.report.errorSince ?? null,
    pulledAt: consumer.lastPullAt,
    pulledSeq: consumer.lastPullSeq,
    instances: instances.length,
    reporting: instances.flatMap(({ report }) =>
      now - report.receivedAt > silenceOf(latest) ? [] : [report.instance],
    ),
    mode: shown?.report.mode ?? null,
    enforcement: shown?.report.enforcement ?? null,
    software: shown?.report.software ?? null,
    connectedAt: consumer.createdAt,
  };
  if (worst) return { ...base, condition: worst.condition, sentence: worst.sentence };
  return consumer.lastPullAt === null
    ? {
        ...base,
        condition: "never",
        sentence: "It has not pulled its list yet. Give it its enrolment string and token, then start it.",
      }
    : {
        ...base,
        condition: "silent",
        sentence:
          "It pulls its list but never reports, so what it enforces is not known. Turn its status reports on.",
      };
}

const order: readonly ServerCondition[] = [
  "divergent",
  "failing",
  "stale",
  "behind",
  "starting",
  "silent",
  "never",
  "current",
];

/** Sorts what needs a look before what does not. */
export function worstFirst(a: { condition: ServerCondition }, b: { condition: ServerCondition }): number {
  return order.indexOf(a.condition) - order.indexOf(b.condition);
}

function silenceOf(latest: Newest | undefined): number {
  return Math.max(shortestSilence, missedLooks * (latest?.ttl ?? 0) * second);
}

/** A report is sent right after a look, so its clock and ours should agree; after a failure the last good look is older. */
function skewOf({ checkedAt, receivedAt, errorCode }: Row<"report">): number | null {
  const skew = checkedAt - receivedAt;
  if (skew > skewTold) return skew;
  return skew < -skewTold && errorCode === null && checkedAt > 0 ? skew : null;
}

function judge(
  instance: ReportedInstance,
  latest: Newest | undefined,
  now: Instant,
): { condition: ServerCondition; sentence: string; instance: ReportedInstance } {
  const { report, head } = instance;
  const say = (condition: ServerCondition, sentence: string) => ({ condition, sentence, instance });
  if (report.digest && !head)
    return say(
      "divergent",
      `Instance ${report.instance} runs a release that was never signed here. A signing key was stolen, or a second publisher runs: look at it now.`,
    );
  if (report.errorCode)
    return say(
      "failing",
      `Instance ${report.instance} refused the newest release (${report.errorCode}): ${report.errorDetail ?? "no detail given"}`,
    );
  if (now - report.receivedAt > silenceOf(latest))
    return say(
      "stale",
      `Instance ${report.instance} stopped reporting. Check that it runs and reaches this address.`,
    );
  if (!head) return say("starting", `Instance ${report.instance} runs, but has not activated a release yet.`);
  if (latest && (head.epoch < latest.epoch || head.rev < latest.rev))
    return say("behind", `Instance ${report.instance} has not confirmed the newest release yet.`);
  if (skewOf(report) !== null)
    return say(
      "current",
      `Runs the newest release. The clock of instance ${report.instance} ${(skewOf(report) ?? 0) > 0 ? "is ahead of" : "is behind"} ours by ${Math.round(Math.abs(skewOf(report) ?? 0) / second)} s: set it, or heads will be refused.`,
    );
  if (report.enforcement === "report_only")
    return say("current", "Runs the newest release, but only reports: it refuses nobody.");
  return say("current", "Runs the newest release.");
}
