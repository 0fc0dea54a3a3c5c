import { visibleText } from "#lib/core/document/visibleText.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { findFinding, findLedFindings } from "#lib/db/queries/listFindings.ts";
import { listJournalOf } from "#lib/db/queries/listJournalOf.ts";
import { find } from "#lib/db/rows.ts";
import { listed } from "./findingList.ts";

const mostMembers = 500;
const mostLines = 200;

/** One finding with what it says, what was decided, the findings it speaks for and its history, newest first. */
export async function findingRecord(db: Read, now: Instant, number: number) {
  const found = await findFinding(db, number);
  if (!found) throw new Refusal("not_found", `There is no finding F-${number}.`);
  const { finding } = found;
  const nameOf = async (id: string | null) =>
    id === null ? null : ((await find(db, "person", { id }))?.name ?? null);
  const parent = finding.parentId ? await find(db, "finding", { id: finding.parentId }) : undefined;
  const led = finding.clientRowId === null ? await findLedFindings(db, finding.id, mostMembers) : [];
  const snapshot = finding.snapshotId ? await find(db, "snapshot", { id: finding.snapshotId }) : undefined;
  const { proposal } = finding;
  const { by, ...proposed } = proposal ?? { by: null };
  return {
    ...(await listed(db, now, found)),
    effect: finding.effect,
    path: finding.path,
    before: finding.before,
    after: finding.after,
    /** Number of the live snapshot that showed it last. */
    snapshot: snapshot?.number ?? null,
    acknowledgedAt: finding.acknowledgedAt,
    acknowledgedBy: await nameOf(finding.acknowledgedBy),
    regressedAt: finding.regressedAt,
    decision:
      finding.decidedAt === null
        ? null
        : {
            reason: finding.dismissReason,
            control: finding.control,
            note: finding.decisionNote,
            by: await nameOf(finding.decidedBy),
            at: finding.decidedAt,
            confirmedBy: await nameOf(finding.confirmedBy),
          },
    proposed: proposal ? { ...proposed, by: await nameOf(by) } : null,
    /** Number of the finding about the host that speaks for it. */
    parent: parent?.number ?? null,
    memberFindings: led.map(({ finding: each, client }) => ({
      number: each.number,
      state: each.state,
      severity: each.severity,
      client,
    })),
    history: await historyOf(db, [finding.id, ...(finding.parentId ? [finding.parentId] : [])]),
  };
}

/** The journal's lines about these findings, newest first, without what the record itself says. */
async function historyOf(db: Read, ids: readonly string[]) {
  const rows = await listJournalOf(db, ids, mostLines);
  return rows.map((row) => {
    const { detail = {} } = JSON.parse(row.bytes) as { detail?: Readonly<Record<string, unknown>> };
    return {
      seq: row.seq,
      at: row.at,
      who: visibleText(row.actorName, 120),
      action: row.action,
      finding: row.subjectName,
      severity: detail["severity"],
      detail: Object.fromEntries(Object.entries(detail).filter(([name]) => !standard.has(name))),
    };
  });
}

/** What every event of a finding says. */
const standard = new Set([
  "number",
  "rule",
  "severity",
  "state",
  "message",
  "client",
  "host",
  "ownerTeamId",
  "members",
]);
