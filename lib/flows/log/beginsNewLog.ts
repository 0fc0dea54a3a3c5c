import type { Row } from "#lib/db/rows.ts";

/** Whether a line of the journal says that a list resumed after a restored backup: the log before it may have been longer. */
export function beginsNewLog({ action, bytes }: Pick<Row<"journal">, "action" | "bytes">): boolean {
  if (action !== "list.resumed") return false;
  const { detail } = JSON.parse(bytes) as { detail?: { after?: unknown } };
  return typeof detail?.after === "number";
}
