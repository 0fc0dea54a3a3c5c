import type { Instant } from "#lib/core/Instant.ts";
import type { Read } from "#lib/db/Database.ts";
import { countClientsByResource } from "#lib/db/queries/countUses.ts";
import { enrolmentOf } from "#lib/db/queries/enrolmentOf.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { audienceState, type AudienceState } from "./audienceStates.ts";
import { heldList, type HeldList } from "#lib/views/releases/heldList.ts";
import { propagation, type Propagation } from "./propagation.ts";

export interface ResourceLine {
  readonly id: string;
  readonly uri: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly sensitiveScopes: readonly string[];
  /** Clients that were granted access to it. */
  readonly clients: number;
}

export interface ServerPage {
  readonly now: Instant;
  readonly audience: AudienceState;
  readonly resources: readonly ResourceLine[];
  readonly propagation: Propagation;
  /** What a new server starts from. */
  readonly enrolment: string;
  readonly held: HeldList | null;
}

/** One authorization server: its list, its resources, and what its servers say. */
export async function serverPage(
  db: Read,
  now: Instant,
  baseUrl: string,
  slug: string,
): Promise<ServerPage | undefined> {
  const audience = await find(db, "audience", { slug });
  if (!audience) return undefined;
  const [state, resources] = await Promise.all([
    audienceState(db, now, audience),
    findAll(db, "resource", { audienceId: audience.id }),
  ]);
  const clients = await countClientsByResource(
    db,
    resources.map((resource) => resource.uri),
  );
  return {
    now,
    audience: state,
    propagation: await propagation(db, state),
    enrolment: await enrolmentOf(db, baseUrl, audience),
    held: await heldList(db, audience),
    resources: resources
      .map(({ id, uri, name, scopes, sensitiveScopes }) => ({
        id,
        uri,
        name,
        scopes,
        sensitiveScopes,
        clients: clients.get(uri) ?? 0,
      }))
      .sort((a, b) => a.name.localeCompare(b.name, "en")),
  };
}
