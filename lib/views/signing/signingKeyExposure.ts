import type { Instant } from "#lib/core/Instant.ts";
import { keyExposure, type Exposure, type ExposedKey, type ServerWord } from "#lib/core/keyExposure.ts";
import type { KeyState } from "#lib/core/keyLife.ts";
import { readStoredKeySet } from "#lib/core/rootKeySet/readStoredKeySet.ts";
import type { Read } from "#lib/db/Database.ts";
import { listServerReports } from "#lib/db/queries/listEntriesOf.ts";
import { findHeadsByDigest } from "#lib/db/queries/listReleases.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";

export interface ServerExposure extends Exposure {
  readonly consumerId: string;
  readonly server: string;
  readonly audience: string;
  readonly slug: string;
  readonly reportedAt: Instant | null;
}

/** Until when each server may accept what a signing key signs; as if it were revoked now when it is not. */
export interface KeyExposures {
  readonly kid: string;
  readonly state: KeyState;
  readonly revokedAt: Instant | null;
  readonly reason: string | null;
  readonly servers: readonly ServerExposure[];
}

const gravest: readonly Exposure["state"][] = ["forged", "open", "silent", "passing", "over"];

/** Null when there is no such key. Servers in the order of what is to be done about them. */
export async function signingKeyExposure(db: Read, now: Instant, kid: string): Promise<KeyExposures | null> {
  const row = await find(db, "signingKey", { kid });
  if (!row) return null;
  const key: ExposedKey = {
    kid,
    revokedAt: row.revokedAt ?? now,
    lastExp: row.lastHeadExpiresAt ?? undefined,
    rootRevokedAt: await rootRevokedAt(db, kid),
  };
  const servers: ServerExposure[] = [];
  for (const audience of await findAll(db, "audience"))
    servers.push(...(await ofAudience(db, audience, key, now)));
  servers.sort(
    (a, b) =>
      gravest.indexOf(a.state) - gravest.indexOf(b.state) ||
      a.audience.localeCompare(b.audience, "en") ||
      a.server.localeCompare(b.server, "en"),
  );
  return { kid, state: row.state, revokedAt: row.revokedAt, reason: row.revokedReason, servers };
}

/** Undefined when there are no key sets; null when none revokes the key. */
async function rootRevokedAt(db: Read, kid: string): Promise<Instant | null | undefined> {
  const keySets = (await findAll(db, "keySet")).sort((a, b) => a.version - b.version);
  if (keySets.length === 0) return undefined;
  const first = keySets.find(({ jws }) => readStoredKeySet(jws).revoked.some((each) => each.kid === kid));
  return first?.acceptedAt ?? null;
}

async function ofAudience(
  db: Read,
  audience: Row<"audience">,
  key: ExposedKey,
  now: Instant,
): Promise<ServerExposure[]> {
  const reported = await listServerReports(db, audience.id);
  const digests = reported.flatMap(({ report }) => report?.digest ?? []);
  const heads = await findHeadsByDigest(db, audience.id, digests);
  const consumers = new Map(reported.map(({ consumer }) => [consumer.id, consumer]));
  return [...consumers.values()].map((consumer) => {
    const words = reported.flatMap(({ consumer: of, report }) =>
      of.id === consumer.id && report ? [wordOf(report, heads)] : [],
    );
    // The worst of its instances speaks for a server.
    const judged = (words.length > 0 ? words : [null]).map((word) => keyExposure(key, word, now));
    const [worst] = judged.toSorted((a, b) => gravest.indexOf(a.state) - gravest.indexOf(b.state));
    return {
      ...(worst ?? keyExposure(key, null, now)),
      consumerId: consumer.id,
      server: consumer.name,
      audience: audience.name,
      slug: audience.slug,
      reportedAt: words.length > 0 ? Math.max(...words.map(({ reportedAt }) => reportedAt)) : null,
    };
  });
}

function wordOf(report: Row<"report">, heads: ReadonlyMap<string, Row<"head">>): ServerWord {
  const head = report.digest === null ? undefined : heads.get(report.digest);
  return {
    reportedAt: report.receivedAt,
    runs: head ? { kid: head.kid, issuedAt: head.issuedAt, expiresAt: head.expiresAt } : null,
    isForeign: report.digest !== null && head === undefined,
  };
}
