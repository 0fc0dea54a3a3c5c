import type { Role } from "#lib/core/role.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Context } from "#lib/context.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll, type Row } from "#lib/db/rows.ts";

type Roles = Pick<Row<"person">, "role" | "askedRole" | "askedRoleBy" | "reviewerUntil">;

/**
 * What becomes of somebody to whom `by` gives a role: they have it, or, where it lets them decide about trust, it waits for a
 * reviewer (`confirmRole`). Otherwise an administrator would make a second person out of a second address. The first
 * reviewer of an installation has nobody to wait for. `by` null: not a person but the machine's own administrator.
 */
export async function giveRole(
  ctx: Context,
  db: Read,
  person: Pick<Row<"person">, "id" | "role" | "reviewerUntil">,
  role: Role,
  by: string | null,
): Promise<Roles> {
  const waits = decides(role) && role !== person.role && by !== null && !ctx.config.solo;
  if (waits && (await hasReviewerBeside(db, [person.id, by])))
    return { role: person.role, reviewerUntil: person.reviewerUntil, askedRole: role, askedRoleBy: by };
  return takeRole(ctx, person, role);
}

/** They have the role from now on. */
export function takeRole(
  ctx: Context,
  person: Pick<Row<"person">, "role" | "reviewerUntil">,
  role: Role,
): Roles {
  const stops = person.role === "reviewer" && role !== "reviewer";
  const reviewerUntil = stops ? ctx.clock() : person.reviewerUntil;
  return { role, reviewerUntil, askedRole: null, askedRoleBy: null };
}

/** Refuses what would leave nobody to administer. */
export async function refuseLastAdmin(
  db: Read,
  person: Row<"person">,
  next: Pick<Row<"person">, "role" | "active">,
): Promise<void> {
  const leaves = person.role === "admin" && person.active && !(next.active && next.role === "admin");
  if (!leaves) return;
  const others = await findAll(db, "person", { role: "admin", active: true });
  if (others.every(({ id }) => id === person.id))
    throw new Refusal("conflict", "This is the last active administrator. Make someone else one first.");
}

function decides(role: Role): boolean {
  return role === "reviewer" || role === "admin";
}

/** Also one who left or was made something else: or else whoever lets all reviewers go begins anew, alone. */
async function hasReviewerBeside(db: Read, ids: readonly string[]): Promise<boolean> {
  return (await findAll(db, "person")).some(
    ({ id, role, reviewerUntil }) => !ids.includes(id) && (role === "reviewer" || reviewerUntil !== null),
  );
}
