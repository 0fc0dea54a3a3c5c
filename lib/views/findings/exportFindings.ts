import type { PersonActor } from "#lib/core/Actor.ts";
import type { FindingFilter } from "#lib/core/findingFilter/FindingFilter.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { pageOfFindings, type FindingOrder } from "#lib/db/queries/pageOfFindings.ts";
import { findingLines } from "./findingLine.ts";

/** One finding in a file: flat, times as ISO 8601. */
export interface ExportedFinding {
  readonly finding: string;
  readonly severity: string;
  readonly state: string;
  readonly proposed: string | null;
  readonly message: string;
  readonly rule: string;
  readonly client_id: string | null;
  readonly host: string;
  readonly clients: number;
  readonly owner_teams: string;
  readonly assignee: string | null;
  readonly first_seen_at: string | null;
  readonly opened_at: string | null;
  readonly last_seen_at: string | null;
  readonly regressions: number;
  readonly due: string | null;
  readonly due_at: string | null;
  readonly overdue: "yes" | "no";
}

/** Every finding that matches, in order. */
export async function exportFindings(
  db: Read,
  now: Instant,
  person: PersonActor,
  ask: { filter: FindingFilter; order: FindingOrder },
): Promise<ExportedFinding[]> {
  const rows = await pageOfFindings(db, { ...ask, asker: person, now }, { offset: 0, limit: 100_000 });
  const lines = await findingLines(db, rows, now);
  return lines.map((line) => ({
    finding: `F-${line.number}`,
    severity: line.severity,
    state: line.state,
    proposed: line.proposal,
    message: line.message,
    rule: line.rule,
    client_id: line.client?.clientId ?? null,
    host: line.host,
    clients: line.members,
    owner_teams: line.owners.join("; "),
    assignee: line.assignee?.name ?? null,
    first_seen_at: iso(line.firstSeenAt),
    opened_at: iso(line.since),
    last_seen_at: iso(line.lastSeenAt),
    regressions: line.regressions,
    due: line.due?.what ?? null,
    due_at: iso(line.due?.at ?? null),
    overdue: line.due?.overdue ? "yes" : "no",
  }));
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
