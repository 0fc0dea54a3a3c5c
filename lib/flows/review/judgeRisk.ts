import type { Grant } from "#lib/core/client.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import { classifyRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import { riskTier } from "#lib/core/risk/riskTier.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

/** The risk tier of a client with these grants, each factor explained. Sensitive scopes are those of the inventory's resources. */
export async function judgeRisk(
  db: Read,
  client: { clientId: string; metadata: EffectiveMetadata; grants: readonly Grant[]; validDays: number },
): Promise<ReturnType<typeof riskTier>> {
  const resources = await findAll(db, "resource");
  const granted = resources.filter((resource) =>
    client.grants.some((grant) => grant.resource === resource.uri),
  );
  const domain = owningDomain(new URL(client.clientId).hostname);
  return riskTier({
    redirects: client.metadata.redirect_uris.map((uri) => classifyRedirect(uri, client.clientId)),
    sharedHost: domain.isShared,
    host: domain.host,
    authMethod: client.metadata.token_endpoint_auth_method,
    scopes: client.grants.flatMap((grant) => grant.scopes),
    sensitiveScopes: granted.flatMap((resource) => resource.sensitiveScopes),
    validDays: client.validDays,
  });
}
