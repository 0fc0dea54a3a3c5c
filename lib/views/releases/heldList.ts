import type { Instant } from "#lib/core/Instant.ts";
import { stillAsks } from "#lib/core/review/stillAsks.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** That a list is rolled back, by whom and why. */
export interface HeldList {
  readonly rev: number;
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
  /** Who asked to let go of it; another person must confirm. */
  readonly askedBy: { readonly id: string; readonly name: string } | null;
}

/** Null when the list says what the inventory says. */
export async function heldList(db: Read, audience: Row<"audience">): Promise<HeldList | null> {
  if (!audience.heldHeadId) return null;
  const [head, by, asker] = await Promise.all([
    find(db, "head", { id: audience.heldHeadId }),
    audience.heldBy ? find(db, "person", { id: audience.heldBy }) : undefined,
    audience.releaseAskedBy ? find(db, "person", { id: audience.releaseAskedBy }) : undefined,
  ]);
  return {
    rev: head?.rev ?? 0,
    by: by?.name ?? "somebody who left",
    at: audience.heldAt ?? 0,
    reason: audience.heldReason ?? "",
    askedBy: asker && stillAsks(asker) ? { id: asker.id, name: asker.name } : null,
  };
}
