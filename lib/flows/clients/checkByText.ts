import type { CheckResult } from "#lib/core/check/Check.ts";
import { runChecks } from "#lib/core/check/runChecks.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import type { Profile } from "#lib/core/profile.ts";
import type { Read } from "#lib/db/Database.ts";
import { listClientIdsOfHost } from "#lib/db/queries/listClientIdsOfHost.ts";
import { findAll } from "#lib/db/rows.ts";

/** What can be said of a client_id before it is fetched: as a text, and beside what is known of its host. */
export async function checkByText(
  db: Read,
  { clientId, profile }: { readonly clientId: string; readonly profile: Profile },
): Promise<CheckResult[]> {
  const host = URL.parse(clientId)?.hostname;
  if (!host) return runChecks({ clientId, profile });
  const audiences = await findAll(db, "audience");
  return runChecks({
    clientId,
    profile,
    otherClientIds: await listClientIdsOfHost(db, owningDomain(host).host),
    knownIssuers: audiences.flatMap(({ issuer }) => issuer ?? []),
  });
}
