import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { latestHead } from "#lib/db/queries/latestHead.ts";
import { firstHeadSince, listEntriesOf, listServerReports } from "#lib/db/queries/listEntriesOf.ts";
import { find } from "#lib/db/rows.ts";

export interface ServerStand {
  readonly name: string;
  readonly instance: string | null;
  /** The release it says it runs; null while it never reported. */
  readonly rev: number | null;
  readonly checkedAt: Instant | null;
  readonly reportOnly: boolean;
  /** Whether that release carries what the list says about this client now; null while it never reported. */
  readonly carries: boolean | null;
  readonly error: string | null;
}

export interface ListStand {
  readonly slug: string;
  readonly name: string;
  readonly entry: AllowlistEntry;
  readonly changedAt: Instant;
  /** The newest release of the list. */
  readonly rev: number | null;
  /** The release that first carried this entry. */
  readonly sinceRev: number | null;
  readonly servers: readonly ServerStand[];
}

/** The lists that carry a client, and what each authorization server says it runs: published is not yet enforced. */
export async function clientEnforcement(db: Read, id: string): Promise<ListStand[]> {
  const client = await find(db, "client", { id });
  if (!client) return [];
  const entries = await listEntriesOf(db, client.clientId);
  return Promise.all(
    entries.map(async ({ entry, audience }) => {
      const [newest, since, reports] = await Promise.all([
        latestHead(db, audience.id),
        firstHeadSince(db, audience.id, entry.changedAt),
        listServerReports(db, audience.id),
      ]);
      return {
        slug: audience.slug,
        name: audience.name,
        entry: entry.entry,
        changedAt: entry.changedAt,
        rev: newest?.rev ?? null,
        sinceRev: since?.rev ?? null,
        servers: reports.map(({ consumer, report }) => ({
          name: consumer.name,
          instance: report?.instance ?? null,
          rev: report?.rev ?? null,
          checkedAt: report?.checkedAt ?? null,
          reportOnly: report?.enforcement === "report_only",
          carries:
            report?.seq == null || report.epoch == null || !since
              ? null
              : report.epoch > since.epoch || (report.epoch === since.epoch && report.seq >= since.seq),
          error: report?.errorDetail ?? null,
        })),
      };
    }),
  );
}
