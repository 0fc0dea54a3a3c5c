import { sql } from "drizzle-orm";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Write } from "../Database.ts";
import { updateEachClient } from "../updateEachClient.ts";

/** A client that was looked at and is what it was. */
export interface Unchanged {
  readonly id: string;
  /** Until when it was taken: an outcome counts only for who still has it. */
  readonly lease: Instant;
  readonly nextFetchAt: Instant;
  /** "" when the connection did not say. */
  readonly address: string;
}

/** The same of a client whose document was read whole, with what the next requests can be conditional on, "" for none. */
export interface UnchangedWhole extends Unchanged {
  readonly etag: string;
  readonly lastModified: string;
  readonly keySetUrl: string;
  readonly keySetEtag: string;
  readonly keySetLastModified: string;
}

const looked = { lease: "bigint", nextFetchAt: "bigint", address: "text" } as const;

/** Notes of many clients, a hundred with each statement, that they were looked at. The lease ends. */
export async function saveUnmodified(tx: Write, now: Instant, rows: readonly Unchanged[]): Promise<void> {
  const { client } = tx.t;
  await updateEachClient(
    tx,
    "unmodified",
    { ...looked, at: "bigint" },
    rows.map((row) => ({ ...row, at: now })),
    (given) => ({
      nextFetchAt: given.nextFetchAt,
      leasedUntil: sql`null`,
      lastFetchedAt: given.at,
      lastOutcome: sql.raw(`'${"not_modified" satisfies FetchOutcome}'`),
      address: sql`case when ${given.address} = '' then ${client.address} else ${given.address} end`,
    }),
    (given) => sql`${client.leasedUntil} = ${given.lease}`,
  );
}

/** The same for documents that were read whole. */
export async function saveUnchangedWhole(
  tx: Write,
  now: Instant,
  rows: readonly UnchangedWhole[],
): Promise<void> {
  const { client } = tx.t;
  const orNull = (value: unknown) => sql`nullif(${value}, '')`;
  await updateEachClient(
    tx,
    "unchanged",
    {
      ...looked,
      at: "bigint",
      etag: "text",
      lastModified: "text",
      keySetUrl: "text",
      keySetEtag: "text",
      keySetLastModified: "text",
    },
    rows.map((row) => ({ ...row, at: now })),
    (given) => ({
      nextFetchAt: given.nextFetchAt,
      leasedUntil: sql`null`,
      lastFetchedAt: given.at,
      lastUnconditionalAt: given.at,
      lastOutcome: sql.raw(`'${"ok" satisfies FetchOutcome}'`),
      address: sql`case when ${given.address} = '' then ${client.address} else ${given.address} end`,
      etag: orNull(given.etag),
      lastModified: orNull(given.lastModified),
      keySetUrl: given.keySetUrl,
      keySetEtag: orNull(given.keySetEtag),
      keySetLastModified: orNull(given.keySetLastModified),
    }),
    (given) => sql`${client.leasedUntil} = ${given.lease}`,
  );
}
