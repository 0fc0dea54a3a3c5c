import { visibleText } from "#lib/core/document/visibleText.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { blockingFinding } from "#lib/db/queries/blockingFinding.ts";
import type { Row } from "#lib/db/rows.ts";

/** Refuses to lift a suspension or a block while a critical finding stands that nobody waived or dismissed. */
export async function refuseBlocked(
  db: Read,
  request: Pick<Row<"request">, "kind" | "clientRowId">,
): Promise<void> {
  if (request.kind !== "unsuspend" && request.kind !== "unblock") return;
  const finding = await blockingFinding(db, request.clientRowId);
  if (finding)
    throw new Refusal(
      "not_ready",
      `F-${finding.number} is critical and stands: ${visibleText(finding.message, 300)} Waive or dismiss it with a second person, or have its cause removed, then vote.`,
    );
}
