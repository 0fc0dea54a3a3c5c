import type { Instant } from "#lib/core/Instant.ts";
import type { Role } from "#lib/core/role.ts";
import type { Read } from "#lib/db/Database.ts";
import { countClientsByTeam } from "#lib/db/queries/countUses.ts";
import { findAll } from "#lib/db/rows.ts";

export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** The role an administrator gave them, and who it was: it waits for a reviewer. */
  readonly asked: { readonly role: Role; readonly by: string } | null;
  readonly active: boolean;
  readonly createdAt: Instant;
  readonly teams: readonly { id: string; name: string }[];
}

export interface TeamLine {
  readonly id: string;
  readonly name: string;
  readonly people: number;
  readonly clients: number;
}

export interface InviteLine {
  readonly email: string | null;
  readonly role: Role;
  readonly team: string | null;
  readonly by: string | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

export interface PeopleAndTeams {
  readonly now: Instant;
  readonly people: readonly PersonLine[];
  readonly teams: readonly TeamLine[];
  /** Invites that still work. */
  readonly invites: readonly InviteLine[];
}

/** Who may do what, which teams own how much, and which invites are out. */
export async function peopleAndTeams(db: Read, now: Instant): Promise<PeopleAndTeams> {
  const [people, teams, memberships, invites, clients] = await Promise.all([
    findAll(db, "person"),
    findAll(db, "team"),
    findAll(db, "membership"),
    findAll(db, "invite", { kind: "invite", usedAt: null }),
    countClientsByTeam(db),
  ]);
  const teamName = new Map(teams.map((team) => [team.id, team.name]));
  const active = new Set(people.filter((person) => person.active).map((person) => person.id));
  return {
    now,
    people: people
      .map(({ id, name, email, role, askedRole, askedRoleBy, active, createdAt }) => ({
        id,
        name,
        email,
        role,
        asked: askedRole && {
          role: askedRole,
          by: people.find((person) => person.id === askedRoleBy)?.name ?? "somebody who left",
        },
        active,
        createdAt,
        teams: memberships
          .filter((each) => each.personId === id)
          .map((each) => ({ id: each.teamId, name: teamName.get(each.teamId) ?? "" }))
          .sort(byName),
      }))
      .sort((a, b) => Number(b.active) - Number(a.active) || byName(a, b)),
    teams: teams
      .map(({ id, name }) => ({
        id,
        name,
        people: memberships.filter((each) => each.teamId === id && active.has(each.personId)).length,
        clients: clients.get(id) ?? 0,
      }))
      .sort(byName),
    invites: invites
      .filter((invite) => invite.expiresAt > now)
      .map(({ email, role, teamId, createdBy, createdAt, expiresAt }) => ({
        email,
        role,
        team: teamId ? (teamName.get(teamId) ?? null) : null,
        by: people.find((person) => person.id === createdBy)?.name ?? null,
        createdAt,
        expiresAt,
      }))
      .sort((a, b) => b.createdAt - a.createdAt),
  };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name.localeCompare(b.name, "en");
}
