import type { FetchKind, FetchOutcome, TlsFacts } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientFetches } from "#lib/db/queries/listClientFetches.ts";

export interface FetchLine {
  readonly id: string;
  readonly at: Instant;
  readonly kind: FetchKind;
  readonly url: string;
  readonly outcome: FetchOutcome;
  readonly sentence: string;
  readonly status: number | null;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly address: string | null;
  readonly tls: TlsFacts | null;
  readonly digest: string | null;
}

/** The newest lines of a client's fetch log. */
export async function clientFetches(db: Read, id: string, limit = 100): Promise<FetchLine[]> {
  const rows = await listClientFetches(db, id, limit);
  return rows.map(({ clientRowId: _, ...line }) => line);
}
