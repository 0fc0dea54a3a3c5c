import type { Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { releasesOf, type ReleasesOf } from "./releases.ts";

/** The releases of a list, newest first, as a program reads them; heads that say the same are one release. */
export async function releaseRecords(db: Read, now: Instant, slug: string) {
  const { lines, held, pending } = await ofList(db, now, slug);
  return {
    releases: lines.map(recordOf),
    held: held && { ...held, askedBy: held.askedBy?.name ?? null },
    pending,
  };
}

/**
 * One release: what it says, what it says otherwise than another one (the one before it unless `against` names it), and
 * what rolling back to it would take away.
 */
export async function releaseRecord(db: Read, now: Instant, slug: string, rev: number, against?: number) {
  const { shown, contents, more, comparison, rollback, lines } = await ofList(db, now, slug, rev, against);
  if (!shown) throw new Refusal("not_found", `${slug} has no release ${rev} among its last ${lines.length}.`);
  if (against !== undefined && !comparison) {
    const sentence = `${slug} has no release ${against} among its last ${lines.length}.`;
    throw new Refusal("not_found", sentence, { against: sentence });
  }
  return {
    ...recordOf(shown),
    entries: contents.map(({ clientRowId, ...entry }) => ({ ...entry, id: clientRowId })),
    more,
    comparison: comparison && { ...comparison, against: comparison.against.rev },
    rollback,
  };
}

async function ofList(
  db: Read,
  now: Instant,
  slug: string,
  rev?: number,
  against?: number,
): Promise<ReleasesOf> {
  const found = await releasesOf(db, now, slug, rev, against);
  if (!found) throw new Refusal("not_found", `There is no authorization server called ${slug}.`);
  return found;
}

function recordOf({ head, repeats, validUntil, confirmed }: ReleasesOf["lines"][number]) {
  return { ...head, repeats, validUntil, confirmed };
}
