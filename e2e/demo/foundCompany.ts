import { systemActor } from "#lib/core/Actor.ts";
import { connectConsumer } from "#lib/flows/servers/connectConsumer.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { acceptInvite, invitePerson } from "#lib/flows/people/invitePerson.ts";
import { createTeam } from "#lib/flows/people/createTeam.ts";
import { changePerson } from "#lib/flows/people/changePerson.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import type { PersonActor } from "#lib/core/Actor.ts";
import { audiences, people, teams, type Team } from "./company.ts";
import type { Storyteller } from "./Storyteller.ts";

/** A server that the demo connects, with the token it was shown. */
export interface DemoServer {
  readonly slug: string;
  readonly name: string;
  readonly consumerId: string;
  readonly token: string;
}

/** Teams, people of every role, authorization servers with their resources, and the first signed release of each. */
export async function foundCompany(story: Storyteller): Promise<DemoServer[]> {
  const { ctx } = story;
  const teamIds = new Map<Team, string>();
  for (const name of teams) teamIds.set(name, (await createTeam(ctx, systemActor, { name })).id);
  const actors = new Map<string, PersonActor>();
  for (const person of people) {
    story.later(60_000);
    const { token } = await invitePerson(ctx, systemActor, { email: person.email, role: person.role });
    // One click signs in here; the password is nobody's.
    const { personId } = await acceptInvite(ctx, {
      token,
      name: person.name,
      email: person.email,
      password: ctx.newToken(),
    });
    const theirs = person.teams.map((team) => teamIds.get(team) ?? "");
    await changePerson(ctx, systemActor, { personId, teamIds: theirs });
    actors.set(person.name, {
      kind: "person",
      id: personId,
      name: person.name,
      email: person.email,
      role: person.role,
      teamIds: theirs,
    });
  }
  story.cast = { actors, teamIds };

  const admin = story.as("Ada Brandt");
  const servers: DemoServer[] = [];
  for (const audience of audiences) {
    story.later(600_000);
    const { id } = await createAudience(ctx, admin, {
      slug: audience.slug,
      name: audience.name,
      issuer: audience.issuer,
      isPrivate: audience.isPrivate,
      resources: audience.resources.map((resource) => ({
        ...resource,
        scopes: [...resource.scopes],
        sensitiveScopes: [...resource.sensitiveScopes],
      })),
    });
    for (const name of audience.servers) {
      const { consumerId, token } = await connectConsumer(ctx, admin, { audienceId: id, name });
      servers.push({ slug: audience.slug, name, consumerId, token });
    }
  }
  await turnSigningKeys(ctx);
  story.later(60_000);
  await publishDueReleases(ctx);
  return servers;
}
