import type { Instant } from "#lib/core/Instant.ts";
import { Refusal } from "#lib/core/Refusal.ts";
import type { Read } from "#lib/db/Database.ts";
import { signingKeyExposure, type KeyExposures } from "./signingKeyExposure.ts";
import { signingKeys } from "./signingKeys.ts";

/** What the Signing keys screen says, as a program reads it. */
export async function signingKeyRecords(db: Read, now: Instant) {
  const { keys, next, keySet, trouble } = await signingKeys(db, now);
  return { keys, next, keySet, trouble };
}

/** Until when each server may accept what a key signs. Refuses a key that does not exist. */
export async function exposureRecord(db: Read, now: Instant, kid: string): Promise<KeyExposures> {
  const found = await signingKeyExposure(db, now, kid);
  if (!found) throw new Refusal("not_found", `There is no signing key ${kid.slice(0, 64)}.`);
  return found;
}
