import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import type { Schema } from "./schema.ts";

type Orm = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** May look, never change. `t` holds the tables of the dialect at hand. */
export interface Read {
  readonly dialect: "sqlite" | "postgres";
  readonly orm: Pick<Orm, "select" | "selectDistinct">;
  readonly t: Schema;
}

/** May change: only `Database.transaction` gives one, so a function that writes says so in its first parameter. */
export interface Write extends Read {
  readonly orm: Pick<Orm, "select" | "selectDistinct" | "insert" | "update" | "delete">;
}

export interface Database extends Read {
  /**
   * Runs `work` serialised against every other transaction and commits what it did, or nothing when it throws.
   * `work` may run again after a serialisation failure, so it must not touch anything but its `tx`: no network, no files.
   */
  transaction<T>(work: (tx: Write) => Promise<T>): Promise<T>;
  /** Whether the database answers and can be written; the sentence says what is wrong. */
  probe(): Promise<{ ok: boolean; sentence: string }>;
  close(): Promise<void>;
}
