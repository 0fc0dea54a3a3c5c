import { and, eq, gt, inArray, isNotNull, isNull, like, lte, or, sql, type SQL } from "drizzle-orm";
import type { ClientFilter, TrustWord } from "#lib/core/clientFilter/ClientFilter.ts";
import { day, type Instant } from "#lib/core/Instant.ts";
import type { Read } from "../Database.ts";
import { contains } from "./sqlWords.ts";

/**
 * A filter as a condition over `client` left-joined with `team`. `redirect` is not in it: it is inside the document,
 * and nothing is filtered inside JSON.
 */
export function clientConditions(db: Read, filter: ClientFilter, now: Instant): SQL | undefined {
  const { client } = db.t;
  const oneOf = (column: Parameters<typeof inArray>[0], values: readonly string[]) =>
    values.length > 0 ? inArray(column, [...values]) : undefined;
  return and(
    ...filter.text.map((text) =>
      or(
        like(sql`lower(${client.name})`, contains(text)),
        like(sql`lower(${client.clientId})`, contains(text)),
      ),
    ),
    filter.lifecycle.length > 0 ? or(...filter.lifecycle.map((word) => trust(db, word, now))) : undefined,
    oneOf(client.sync, filter.sync),
    oneOf(client.riskTier, filter.risk),
    oneOf(client.profile, filter.profile),
    oneOf(client.host, filter.host),
    oneOf(client.domain, filter.domain),
    filter.owner.length > 0 ? or(...filter.owner.map((name) => owner(db, name))) : undefined,
    filter.expiresWithinDays === undefined
      ? undefined
      : and(
          eq(client.lifecycle, "approved"),
          gt(client.validUntil, now),
          lte(client.validUntil, now + filter.expiresWithinDays * day),
        ),
  );
}

function trust(db: Read, word: TrustWord, now: Instant): SQL | undefined {
  const { client } = db.t;
  if (word === "expired") return and(eq(client.lifecycle, "approved"), lte(client.validUntil, now));
  if (word === "approved")
    return and(eq(client.lifecycle, "approved"), or(isNull(client.validUntil), gt(client.validUntil, now)));
  return eq(client.lifecycle, word);
}

function owner(db: Read, name: string): SQL | undefined {
  const { client, team } = db.t;
  if (name === "none") return isNull(client.ownerTeamId);
  if (name === "any") return isNotNull(client.ownerTeamId);
  return eq(sql`lower(${team.name})`, name.toLowerCase());
}
