import type { Namespaces } from "#lib/consumer/decide.ts";
import { parseNamespaces } from "#lib/consumer/parseNamespaces.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Read } from "#lib/db/Database.ts";
import { find } from "#lib/db/rows.ts";

/** The namespaces a head names, read as a consumer reads them: what is missing or not what its name says is unavailable. */
export async function storedNamespaces(db: Read, sha: string): Promise<Namespaces> {
  const object = await find(db, "allowlistObject", { sha });
  if (!object || sha256Hex(object.body) !== sha) return "unavailable";
  return parseNamespaces(JSON.parse(object.body)) ?? "unavailable";
}
