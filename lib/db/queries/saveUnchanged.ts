import { sql } from "drizzle-orm";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { updateEachClient } from "../updateEachClient.ts";

/** A client that was looked at and is what it was. */
export interface Unchanged {
  readonly id: string;
  /** For when the visit was due: it counts only while that has not changed. */
  readonly dueAt: Instant;
  readonly nextFetchAt: Instant;
}

/** The same of a client whose document was read whole, with what the next requests can be conditional on, "" for none. */
export interface UnchangedWhole extends Unchanged {
  readonly address: string;
  readonly etag: string;
  readonly lastModified: string;
  readonly keySetUrl: string;
  readonly keySetEtag: string;
  readonly keySetLastModified: string;
  readonly bodyDigest: string;
  readonly keySetBodyDigest: string;
}

const times = { dueAt: "bigint", nextFetchAt: "bigint" } as const;
const word = (outcome: FetchOutcome) => sql.raw(`'${outcome}'`);
const orNull = (value: unknown) => sql`nullif(${value}, '')`;

/** Notes of many clients, a hundred with each statement, that they were looked at. */
export async function saveUnmodified(tx: Write, now: Instant, rows: readonly Unchanged[]): Promise<void> {
  const { client } = tx.t;
  await updateEachClient(
    tx,
    "unmodified",
    times,
    rows,
    ({ nextFetchAt }, at) => ({ nextFetchAt, lastFetchedAt: at, lastOutcome: word("not_modified") }),
    ({ dueAt }) => sql`${client.nextFetchAt} = ${dueAt}`,
    now,
  );
}

/** The same for documents that were read whole. */
export async function saveUnchangedWhole(
  tx: Write,
  now: Instant,
  rows: readonly UnchangedWhole[],
): Promise<void> {
  const { client } = tx.t;
  await updateEachClient(
    tx,
    "unchanged",
    {
      ...times,
      address: "text",
      etag: "text",
      lastModified: "text",
      keySetUrl: "text",
      keySetEtag: "text",
      keySetLastModified: "text",
      bodyDigest: "text",
      keySetBodyDigest: "text",
    },
    rows,
    (given, at) => ({
      nextFetchAt: given.nextFetchAt,
      lastFetchedAt: at,
      lastUnconditionalAt: at,
      lastOutcome: word("ok"),
      address: orNull(given.address),
      etag: orNull(given.etag),
      lastModified: orNull(given.lastModified),
      keySetUrl: given.keySetUrl,
      keySetEtag: orNull(given.keySetEtag),
      keySetLastModified: orNull(given.keySetLastModified),
      bodyDigest: orNull(given.bodyDigest),
      keySetBodyDigest: orNull(given.keySetBodyDigest),
    }),
    ({ dueAt }) => sql`${client.nextFetchAt} = ${dueAt}`,
    now,
  );
}
