import { day, type Instant } from "#lib/core/Instant.ts";
import type { KeyState } from "#lib/core/keyLife.ts";
import type { Timeline, TimelineLine, TimelineOverlap } from "#lib/core/keyTimeline/keyTimeline.ts";
import { nextRotation, type NextRotation } from "#lib/core/nextRotation.ts";
import type { Read } from "#lib/db/Database.ts";
import { listKnownKeys } from "#lib/db/queries/listKnownKeys.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { keySetStatus, type KeySetStatus } from "./keySetStatus.ts";
import { signingKeyExposure, type KeyExposures } from "./signingKeyExposure.ts";

export interface SigningKeyLine {
  readonly kid: string;
  readonly alg: string;
  readonly state: KeyState;
  /** Name at the signing service; null: in the database, sealed. */
  readonly external: string | null;
  readonly publishedAt: Instant;
  readonly activatedAt: Instant | null;
  readonly retiringAt: Instant | null;
  readonly retiredAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly revokedReason: string | null;
  /** Whether the newest key set names it; null while there are none. */
  readonly named: boolean | null;
}

export interface SigningKeys {
  readonly now: Instant;
  readonly keys: readonly SigningKeyLine[];
  readonly timeline: Timeline;
  readonly next: NextRotation;
  /** Null: no root, no server follows one. */
  readonly keySet: KeySetStatus | null;
  /** What is wrong with the active key; null when it can sign. */
  readonly trouble: { readonly sentence: string; readonly since: Instant } | null;
  /** Of every key revoked in the last month, and of the active one when `about` names it. */
  readonly exposures: readonly KeyExposures[];
}

const shownFor = 30 * day;
const order: readonly KeyState[] = ["active", "next", "retiring", "revoked", "retired"];

/** Everything an administrator needs to rotate, force or revoke a signing key. */
export async function signingKeys(db: Read, now: Instant): Promise<SigningKeys> {
  const [rows, known, keySet, asked, condition] = await Promise.all([
    findAll(db, "signingKey"),
    listKnownKeys(db),
    keySetStatus(db, now),
    find(db, "due", { kind: "next_key" }),
    find(db, "condition", { key: "signer" }),
  ]);
  const revoked = rows
    .filter(({ revokedAt }) => revokedAt !== null && revokedAt > now - shownFor)
    .sort((a, b) => (b.revokedAt ?? 0) - (a.revokedAt ?? 0));
  const exposures = await Promise.all(revoked.map(({ kid }) => signingKeyExposure(db, now, kid)));
  return {
    now,
    keys: rows
      .map((row) => lineOf(row, keySet))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || b.publishedAt - a.publishedAt),
    timeline: timelineOf(rows, now),
    next: nextRotation(known, now, asked !== undefined),
    keySet,
    trouble: condition && !condition.ok ? { sentence: condition.sentence, since: condition.since } : null,
    exposures: exposures.filter((each) => each !== null),
  };
}

function lineOf(row: Row<"signingKey">, keySet: KeySetStatus | null): SigningKeyLine {
  const {
    kid,
    alg,
    state,
    external,
    publishedAt,
    activatedAt,
    retiringAt,
    retiredAt,
    revokedAt,
    revokedReason,
  } = row;
  return {
    kid,
    alg,
    state,
    external,
    publishedAt,
    activatedAt,
    retiringAt,
    retiredAt,
    revokedAt,
    revokedReason,
    named: keySet && keySet.kids.includes(kid),
  };
}

const words: Record<KeyState, string> = {
  next: "Published, signs next.",
  active: "Signs every list.",
  retiring: "Still verifies what it signed.",
  retired: "Left the key set after its last list had run out.",
  revoked: "Revoked: it left the key set at once.",
};

/** The keys as bars from published to gone, with the times in which two of them were published together. */
function timelineOf(rows: readonly Row<"signingKey">[], now: Instant): Timeline {
  const sorted = rows.toSorted((a, b) => a.publishedAt - b.publishedAt);
  const endOf = (row: Row<"signingKey">) => row.revokedAt ?? row.retiredAt;
  const lines = sorted.map((row): TimelineLine => ({
    jkt: row.kid,
    kid: row.kid.slice(0, 12),
    kind: row.state,
    firstSeenAt: row.publishedAt,
    lastSeenAt: endOf(row) ?? now,
    removedAt: endOf(row),
    leakedAt: row.revokedAt,
    announcedFor: row.activatedAt,
    words: words[row.state],
  }));
  const overlaps = sorted.flatMap((row, at): TimelineOverlap[] => {
    const before = sorted[at - 1];
    if (!before) return [];
    const to = endOf(before) ?? now;
    return to > row.publishedAt ? [{ from: row.publishedAt, to, missed: false }] : [];
  });
  const from = Math.min(now - 7 * day, ...lines.slice(-24).map(({ firstSeenAt }) => firstSeenAt));
  return { lines, overlaps, from, to: now + Math.max(day, (now - from) * 0.06) };
}
