import type { Actor } from "#lib/core/Actor.ts";
import type { Context } from "#lib/context.ts";
import type { Write } from "#lib/db/Database.ts";
import { appendJournal } from "#lib/db/queries/appendJournal.ts";
import { commonOwner } from "#lib/db/queries/commonOwner.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { note } from "#lib/flows/note.ts";

export type FindingAction =
  | "opened"
  | "regressed"
  | "resolved"
  | "overdue"
  | "acknowledged"
  | "assigned"
  | "snoozed"
  | "dismissed"
  | "waived"
  | "reopened"
  | "proposed"
  | "declined";

/**
 * Writes what happened to a finding to the journal and hands it to the outbox, with all that a message about it needs.
 * Where a finding about the host speaks for it, it makes no event: of a person's deed the journal alone is told, of the
 * machine's nobody.
 */
export async function noteFinding(
  ctx: Context,
  tx: Write,
  actor: Actor,
  action: FindingAction,
  finding: Row<"finding">,
  extra: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  if (finding.parentId && actor.kind === "system") return;
  const client = finding.clientRowId ? await find(tx, "client", { id: finding.clientRowId }) : undefined;
  const entry = {
    action: `finding.${action}`,
    subject: { kind: "finding", id: finding.id, name: `F-${finding.number}` },
    detail: {
      number: finding.number,
      rule: finding.rule,
      severity: finding.severity,
      state: finding.state,
      message: finding.message,
      client: client ? { id: client.id, clientId: client.clientId, name: client.name } : null,
      host: finding.host,
      ownerTeamId: client ? client.ownerTeamId : await commonOwner(tx, finding.id),
      members: finding.members,
      ...extra,
    },
  };
  if (finding.parentId) await appendJournal(tx, actor, ctx.clock(), entry);
  else await note(ctx, tx, actor, entry);
}
