import type { Instant } from "#lib/core/Instant.ts";
import type { Role } from "#lib/core/role.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

export interface InviteFacts {
  readonly email: string | null;
  readonly role: Role;
  readonly team: string | null;
  readonly by: string | null;
}

/** What an invite link offers; undefined when it was used, has run out or never was. */
export async function inviteByToken(
  db: Read,
  now: Instant,
  token: string,
  kind: "first_admin" | "invite",
): Promise<InviteFacts | undefined> {
  const invite = token ? await find(db, "invite", { tokenHash: sha256Hex(token), kind }) : undefined;
  if (!invite || invite.usedAt !== null || invite.expiresAt <= now) return undefined;
  const [team, by] = await Promise.all([
    invite.teamId ? find(db, "team", { id: invite.teamId }) : undefined,
    invite.createdBy ? find(db, "person", { id: invite.createdBy }) : undefined,
  ]);
  return { email: invite.email, role: invite.role, team: team?.name ?? null, by: by?.name ?? null };
}
