import type { Exclusion } from "#lib/core/review/Exclusion.ts";
import type { Write } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";
import { isJudged } from "./judgeDocument.ts";

/**
 * What of the approved snapshot does not count, once its keys that the live one no longer has are added: an approved
 * key that was withdrawn may be in anybody's hands, and is not approved when it comes back.
 */
export async function excludeRemovedKeys(
  tx: Write,
  client: Row<"client">,
  live: Pick<Row<"snapshot">, "keys">,
): Promise<readonly Exclusion[] | null> {
  const except = client.approvedExcept;
  if (!isJudged(client)) return except;
  const approved = await find(tx, "snapshot", { id: client.approvedSnapshotId ?? "" });
  const gone = new Set(approved?.keys.flatMap(({ jkt }) => jkt ?? []));
  for (const { jkt } of live.keys) gone.delete(jkt ?? "");
  for (const each of except ?? []) if (each.member === "keys" && each.value) gone.delete(each.value);
  if (gone.size === 0) return except;
  const removed = [...gone].map((value) => ({ member: "keys" as const, value, removed: true as const }));
  return [...(except ?? []), ...removed];
}
