import { twoAgree } from "#lib/core/review/twoAgree.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

/** Of announced keys, those behind whose announcement two people stand: only they need nobody when they appear. */
export async function agreedKeys(
  ctx: Context,
  db: Read,
  clientRowId: string,
  announced: readonly string[],
): Promise<readonly string[]> {
  if (announced.length === 0 || ctx.config.solo) return announced;
  const rows = await findAll(db, "announcement", { clientRowId, withdrawnAt: null });
  const agreed = new Set<string>();
  for (const row of rows) if (await isAgreed(db, row)) agreed.add(row.jkt);
  return announced.filter((jkt) => agreed.has(jkt));
}

async function isAgreed(
  db: Read,
  { announcedBy, confirmedBy }: Pick<Row<"announcement">, "announcedBy" | "confirmedBy">,
): Promise<boolean> {
  if (announcedBy === null || confirmedBy === null) return false;
  return twoAgree(
    await find(db, "person", { id: announcedBy }),
    await find(db, "person", { id: confirmedBy }),
  );
}
