import type { PersonActor } from "#lib/core/Actor.ts";
import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { day } from "#lib/core/Instant.ts";
import type { Role } from "#lib/core/role.ts";
import { sha256Hex } from "#lib/core/sha256.ts";
import type { Write } from "#lib/db/Database.ts";
import { insert, type NewRow } from "#lib/db/rows.ts";

export const sampleNow: Instant = 1_790_000_000_000;

export function sampleMetadata(clientId: string, part: Partial<EffectiveMetadata> = {}): EffectiveMetadata {
  return {
    client_id: clientId,
    client_name: "Sample",
    contacts: [],
    redirect_uris: [`${new URL(clientId).origin}/callback`],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    application_type: "web",
    scope: [],
    token_endpoint_auth_method: "none",
    token_endpoint_auth_methods_supported: [],
    other: {},
    ...part,
  };
}

export async function samplePerson(
  tx: Write,
  id: string,
  role: Role,
  teamIds: readonly string[] = [],
): Promise<PersonActor> {
  await insert(tx, "person", {
    id,
    email: `${id}@example.com`,
    name: `${id[0]?.toUpperCase()}${id.slice(1)}`,
    role,
    passwordHash: null,
    active: true,
    createdAt: sampleNow,
    revision: 1,
  });
  for (const teamId of teamIds)
    await insert(tx, "membership", { id: `${id}-${teamId}`, personId: id, teamId });
  return { kind: "person", id, name: id, email: `${id}@example.com`, role, teamIds };
}

export async function sampleTeam(tx: Write, id: string, name: string): Promise<void> {
  await insert(tx, "team", { id, name, createdAt: sampleNow });
}

export async function sampleSnapshot(
  tx: Write,
  clientRowId: string,
  number: number,
  metadata: EffectiveMetadata,
  part: Partial<NewRow<"snapshot">> = {},
): Promise<string> {
  const id = `${clientRowId}-s${number}`;
  const text = JSON.stringify(metadata, null, 2);
  await insert(tx, "snapshot", {
    id,
    clientRowId,
    number,
    digest: sha256Hex(`${id}${text}`),
    rawDigest: sha256Hex(text),
    canonicalDigest: sha256Hex(`c${text}`),
    semanticDigest: sha256Hex(`s${text}`),
    keySetDigest: null,
    documentText: text,
    metadata,
    keys: [],
    keySetSource: null,
    results: [],
    errors: 0,
    warnings: 0,
    firstSeenAt: sampleNow - 10 * day + number,
    ...part,
  });
  return id;
}

/** A client with one snapshot; `part` overrides its row, `document` its metadata. */
export async function sampleClient(
  tx: Write,
  id: string,
  clientId: string,
  part: Partial<NewRow<"client">> = {},
  document: Partial<EffectiveMetadata> = {},
): Promise<string> {
  const host = new URL(clientId).host;
  await insert(tx, "client", {
    id,
    clientId,
    host,
    domain: host.split(".").slice(-2).join("."),
    name: document.client_name ?? id,
    profile: "ietf",
    lifecycle: "approved",
    lifecycleReason: null,
    lifecycleAt: sampleNow - 5 * day,
    sync: "in_sync",
    riskTier: "low",
    riskReasons: [],
    ownerTeamId: null,
    sponsor: null,
    purpose: null,
    contract: null,
    registeredBy: null,
    lastEditedBy: null,
    liveSnapshotId: `${id}-s1`,
    approvedSnapshotId: null,
    approvedRequestId: null,
    approvedAt: null,
    validUntil: null,
    selfApproved: false,
    etag: null,
    lastModified: null,
    lastFetchedAt: sampleNow,
    lastOutcome: "ok",
    failures: 0,
    failingSince: null,
    nextFetchAt: null,
    createdAt: sampleNow - 20 * day,
    updatedAt: sampleNow,
    revision: 1,
    ...part,
  });
  await sampleSnapshot(tx, id, 1, sampleMetadata(clientId, document));
  return id;
}

/** An authorization server with one resource `https://api.example/<slug>`, scopes read and write, write being sensitive. */
export async function sampleAudience(tx: Write, slug: string): Promise<string> {
  await insert(tx, "audience", {
    id: `a-${slug}`,
    slug,
    name: slug.toUpperCase(),
    issuer: null,
    isPrivate: false,
    salt: null,
    epoch: 1,
    createdAt: sampleNow,
    revision: 1,
  });
  const uri = `https://api.example/${slug}`;
  await insert(tx, "resource", {
    id: `r-${slug}`,
    audienceId: `a-${slug}`,
    uri,
    name: `${slug} API`,
    scopes: ["read", "write"],
    sensitiveScopes: ["write"],
    createdAt: sampleNow,
  });
  return uri;
}

export async function sampleRequest(
  tx: Write,
  number: number,
  clientRowId: string,
  part: Partial<NewRow<"request">> = {},
): Promise<string> {
  const id = `q${number}`;
  await insert(tx, "request", {
    id,
    number,
    clientRowId,
    kind: "approve",
    state: "open",
    snapshotId: `${clientRowId}-s1`,
    grants: [],
    validDays: 180,
    reason: "Needed.",
    requiredVotes: 1,
    requestedBy: null,
    requestedAt: sampleNow - day + number,
    expiresAt: sampleNow + 13 * day,
    decidedAt: null,
    decidedReason: null,
    revision: 1,
    ...part,
  });
  return id;
}
