import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { listServerReports } from "#lib/db/queries/listEntriesOf.ts";
import { findHeadsByDigest, listReleases } from "#lib/db/queries/listReleases.ts";
import { findAll, type Row } from "#lib/db/rows.ts";
import { serverState, type ServerState } from "./serverState.ts";

export interface HeadFacts {
  readonly epoch: number;
  readonly seq: number;
  readonly rev: number;
  readonly count: number;
  readonly denies: number;
  readonly root: string;
  readonly digest: string;
  readonly kid: string;
  readonly cause: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
}

/** An audience, the newest release of its list, and where its servers stand. */
export interface AudienceState {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly issuer: string | null;
  readonly isPrivate: boolean;
  readonly createdAt: Instant;
  readonly latest: HeadFacts | null;
  /** When the newest revision was first signed, and why. */
  readonly changedAt: Instant | null;
  readonly changedBecause: string | null;
  /** The last revisions, oldest first. */
  readonly revs: readonly number[];
  readonly servers: readonly ServerState[];
}

/** Every audience, in the order of their names. */
export async function audienceStates(db: Read, now: Instant): Promise<AudienceState[]> {
  const audiences = (await findAll(db, "audience")).sort((a, b) => a.name.localeCompare(b.name, "en"));
  return Promise.all(audiences.map((audience) => audienceState(db, now, audience)));
}

/** One audience. */
export async function audienceState(
  db: Read,
  now: Instant,
  audience: Row<"audience">,
): Promise<AudienceState> {
  const [latest, releases, reported] = await Promise.all([
    latestHead(db, audience.id),
    listReleases(db, audience.id, 200),
    listServerReports(db, audience.id),
  ]);
  const heads = await findHeadsByDigest(
    db,
    audience.id,
    reported.flatMap(({ report }) => report?.digest ?? []),
  );
  const signedAt = (rev: number) => releases.find((each) => each.first.rev === rev)?.first.issuedAt;
  const servers = new Map(reported.map(({ consumer }) => [consumer.id, consumer]));
  const { id, slug, name, issuer, isPrivate, createdAt } = audience;
  return {
    id,
    slug,
    name,
    issuer,
    isPrivate,
    createdAt,
    latest: latest ? headFacts(latest) : null,
    changedAt: releases[0]?.first.issuedAt ?? null,
    changedBecause: releases[0] ? visibleText(releases[0].first.cause) : null,
    revs: releases
      .slice(0, 8)
      .map((each) => each.first.rev)
      .reverse(),
    servers: [...servers.values()].map((consumer) => {
      const instances = reported.flatMap(({ consumer: of, report }) =>
        of.id === consumer.id && report
          ? [{ report, head: report.digest ? heads.get(report.digest) : undefined }]
          : [],
      );
      return serverState(consumer, instances, latest && { ...latest, ttl: ttlOf(latest) }, signedAt, now);
    }),
  };
}

/** `ttl` of a head, as it stands in its signed text. */
function ttlOf({ jws }: Row<"head">): number | undefined {
  try {
    const claims = JSON.parse(Buffer.from(jws.split(".")[1] ?? "", "base64url").toString()) as {
      ttl?: unknown;
    };
    return typeof claims.ttl === "number" ? claims.ttl : undefined;
  } catch {
    return undefined;
  }
}

export function headFacts(head: Row<"head">): HeadFacts {
  const { epoch, seq, rev, count, root, digest, kid, issuedAt, expiresAt } = head;
  const cause = visibleText(head.cause);
  return { epoch, seq, rev, count, denies: head.deny.length, root, digest, kid, cause, issuedAt, expiresAt };
}
