import type { Grant } from "#lib/core/client.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { findAll } from "#lib/db/rows.ts";

/** Refuses grants that no authorization server could honour: an unknown resource, or a scope it does not have. */
export async function requireGrants(db: Read, grants: readonly Grant[]): Promise<void> {
  const resources = await findAll(db, "resource");
  if (resources.length === 0)
    throw new Refusal(
      "not_ready",
      "No resource is known yet. An administrator first connects an authorization server and names its resources and scopes.",
    );
  for (const grant of grants) {
    const known = resources.filter((resource) => resource.uri === grant.resource);
    if (known.length === 0)
      throw new Refusal(
        "invalid_input",
        `${grant.resource} is not a known resource. Known are: ${resources.map((r) => r.uri).join(", ")}.`,
        {
          grants: `${grant.resource} is not a known resource.`,
        },
      );
    const scopes = new Set(known.flatMap((resource) => resource.scopes));
    const foreign = grant.scopes.filter((scope) => !scopes.has(scope));
    if (foreign.length > 0)
      throw new Refusal(
        "invalid_input",
        `${grant.resource} has no scope ${foreign.join(", ")}. It has: ${[...scopes].join(", ") || "none"}.`,
        {
          grants: `No scope ${foreign.join(", ")} at ${grant.resource}.`,
        },
      );
  }
}
