import { asc, eq } from "drizzle-orm";
import type { Read } from "../Database.ts";
import type { Row } from "../rows.ts";

/** Every resource with the authorization server it belongs to, by name. */
export async function listAudienceResources(
  db: Read,
): Promise<{ audience: Row<"audience">; resource: Row<"resource"> }[]> {
  const { audience, resource } = db.t;
  return db.orm
    .select({ audience, resource })
    .from(resource)
    .innerJoin(audience, eq(audience.id, resource.audienceId))
    .orderBy(asc(audience.name), asc(resource.name), asc(resource.uri));
}
