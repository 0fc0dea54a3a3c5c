import { and, asc, count, eq, gte } from "drizzle-orm";
import type { Instant } from "#lib/core/Instant.ts";
import type { Read, Write } from "../Database.ts";

/** Makes room for one more instance of a server where `most` are kept: the longest silent go. */
export async function forgetSilentInstances(tx: Write, consumerId: string, most: number): Promise<void> {
  const { report } = tx.t;
  const rows = await tx.orm
    .select({ id: report.id })
    .from(report)
    .where(eq(report.consumerId, consumerId))
    .orderBy(asc(report.receivedAt));
  for (const { id } of rows.slice(0, Math.max(0, rows.length - most + 1)))
    await tx.orm.delete(report).where(eq(report.id, id));
}

/** How many instances of a server have said that they run a release. */
export async function countActivations(
  db: Read,
  { consumerId, epoch, rev }: { readonly consumerId: string; readonly epoch: number; readonly rev: number },
): Promise<number> {
  const { activation } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(activation)
    .where(and(eq(activation.consumerId, consumerId), eq(activation.epoch, epoch), eq(activation.rev, rev)));
  return Number(row?.n ?? 0);
}

/** How often the journal tells of something about a subject since a moment. */
export async function timesTold(
  db: Read,
  subject: { readonly kind: string; readonly id: string },
  action: string,
  since: Instant,
): Promise<number> {
  const { journal } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(journal)
    .where(
      and(
        eq(journal.subjectKind, subject.kind),
        eq(journal.subjectId, subject.id),
        eq(journal.action, action),
        gte(journal.at, since),
      ),
    );
  return Number(row?.n ?? 0);
}

/** How many doubts a server has brought, and met since a moment, that are not settled. */
export async function countDoubtsOf(db: Read, consumerId: string, since: Instant): Promise<number> {
  const { splitView } = db.t;
  const [row] = await db.orm
    .select({ n: count() })
    .from(splitView)
    .where(and(eq(splitView.consumerId, consumerId), gte(splitView.lastAt, since)));
  return Number(row?.n ?? 0);
}
