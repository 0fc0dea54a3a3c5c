import type { Read } from "#lib/db/Database.ts";
import { listAudienceResources } from "#lib/db/queries/listAudienceResources.ts";
import { findAll } from "#lib/db/rows.ts";

export interface ResourceChoice {
  readonly uri: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly sensitiveScopes: readonly string[];
  /** Names of the authorization servers that have this resource: a grant on it lists the client in each. */
  readonly audiences: readonly string[];
}

export interface RegisterChoices {
  readonly teams: readonly { id: string; name: string }[];
  readonly resources: readonly ResourceChoice[];
  readonly hasAudience: boolean;
}

/** What a person can pick when asking for a client: teams, and resources of every authorization server. */
export async function registerChoices(db: Read): Promise<RegisterChoices> {
  const [teams, pairs, audiences] = await Promise.all([
    findAll(db, "team"),
    listAudienceResources(db),
    findAll(db, "audience"),
  ]);
  const resources = new Map<string, ResourceChoice>();
  for (const { audience, resource } of pairs) {
    const known = resources.get(resource.uri);
    resources.set(resource.uri, {
      uri: resource.uri,
      name: known?.name ?? resource.name,
      scopes: union(known?.scopes, resource.scopes),
      sensitiveScopes: union(known?.sensitiveScopes, resource.sensitiveScopes),
      audiences: union(known?.audiences, [audience.name]),
    });
  }
  return {
    teams: teams.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name, "en")),
    resources: [...resources.values()],
    hasAudience: audiences.length > 0,
  };
}

function union(a: readonly string[] = [], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])];
}
