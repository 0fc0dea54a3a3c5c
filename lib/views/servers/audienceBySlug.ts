import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** The authorization server of that short name, or a refusal that says there is none. */
export async function audienceBySlug(db: Read, slug: string): Promise<Row<"audience">> {
  const audience = await find(db, "audience", { slug });
  if (!audience) throw new Refusal("not_found", `There is no authorization server called ${slug}.`);
  return audience;
}
