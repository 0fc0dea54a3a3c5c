import type { PersonActor } from "#lib/core/Actor.ts";
import type { Lifecycle, RiskTier, Sync } from "#lib/core/client.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Instant } from "#lib/core/Instant.ts";
import { may } from "#lib/core/may.ts";
import type { Profile } from "#lib/core/profile.ts";
import { requestObstacle, shrinkObstacle } from "#lib/core/review/transitions.ts";
import type { Read } from "#lib/db/Database.ts";
import { listStandingFindings } from "#lib/db/queries/listClientFindings.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { find, type Row } from "#lib/db/rows.ts";

/** An act on a client: offered, or why not. */
export interface ClientAct {
  readonly key:
    "fetch" | "edit" | "approve" | "change" | "unsuspend" | "unblock" | "suspend" | "block" | "retire";
  /** Undefined: it can be done now. */
  readonly obstacle?: string;
}

export interface ClientHeader {
  readonly now: Instant;
  readonly id: string;
  /** Made visible: the document's publisher wrote it. */
  readonly name: string;
  readonly clientId: string;
  readonly host: string;
  readonly domain: string;
  readonly profile: Profile;
  readonly lifecycle: Lifecycle;
  readonly lifecycleReason: string | null;
  readonly lifecycleAt: Instant;
  readonly expired: boolean;
  readonly sync: Sync;
  /** The URL served a document that names this client_id. */
  readonly originVerified: boolean;
  readonly riskTier: RiskTier;
  readonly riskReasons: readonly string[];
  readonly owner: { id: string; name: string } | null;
  readonly sponsor: string | null;
  readonly purpose: string | null;
  readonly contract: string | null;
  readonly registeredBy: string | null;
  readonly createdAt: Instant;
  readonly approvedAt: Instant | null;
  readonly validUntil: Instant | null;
  readonly selfApproved: boolean;
  readonly lastFetchedAt: Instant | null;
  readonly lastOutcome: FetchOutcome | null;
  readonly failures: number;
  readonly failingSince: Instant | null;
  readonly nextFetchAt: Instant | null;
  readonly revision: number;
  readonly live: { id: string; number: number; errors: number; warnings: number } | null;
  readonly approved: { id: string; number: number } | null;
  readonly openRequest: number | null;
  /** Findings about it that are open, acknowledged or snoozed. */
  readonly findings: number;
  readonly acts: readonly ClientAct[];
}

/** What stands over every page of one client, and what this person may do with it; undefined when there is none. */
export async function clientHeader(
  db: Read,
  now: Instant,
  person: PersonActor,
  id: string,
): Promise<ClientHeader | undefined> {
  const client = await find(db, "client", { id });
  if (!client) return undefined;
  const [team, registrar, live, approved, open, standing] = await Promise.all([
    client.ownerTeamId ? find(db, "team", { id: client.ownerTeamId }) : undefined,
    client.registeredBy ? find(db, "person", { id: client.registeredBy }) : undefined,
    client.liveSnapshotId ? find(db, "snapshot", { id: client.liveSnapshotId }) : undefined,
    client.approvedSnapshotId ? find(db, "snapshot", { id: client.approvedSnapshotId }) : undefined,
    openRequestOf(db, id),
    listStandingFindings(db, id),
  ]);
  return {
    now,
    ...facts(client),
    expired: client.lifecycle === "approved" && client.validUntil !== null && client.validUntil <= now,
    originVerified: live?.metadata.client_id === client.clientId && !live.attested,
    owner: team ? { id: team.id, name: team.name } : null,
    registeredBy: registrar?.name ?? null,
    live: live ? { id: live.id, number: live.number, errors: live.errors, warnings: live.warnings } : null,
    approved: approved ? { id: approved.id, number: approved.number } : null,
    openRequest: open?.number ?? null,
    findings: standing.filter(({ state }) => state !== "dismissed" && state !== "waived").length,
    acts: acts(person, client, open?.number, live !== undefined, now),
  };
}

function facts(client: Row<"client">) {
  const { id, clientId, host, domain, profile, lifecycle, lifecycleReason, lifecycleAt, sync } = client;
  const { riskTier, riskReasons, sponsor, purpose, contract, createdAt, approvedAt, validUntil } = client;
  const { selfApproved, lastFetchedAt, lastOutcome, failures, failingSince, nextFetchAt, revision } = client;
  return {
    id,
    name: visibleText(client.name, 80),
    clientId,
    host,
    domain,
    profile,
    lifecycle,
    lifecycleReason,
    lifecycleAt,
    sync,
    riskTier,
    riskReasons,
    sponsor,
    purpose,
    contract,
    createdAt,
    approvedAt,
    validUntil,
    selfApproved,
    lastFetchedAt,
    lastOutcome,
    failures,
    failingSince,
    nextFetchAt,
    revision,
  };
}

type Growth = "approve" | "change" | "unsuspend" | "unblock";

/** What more trust is called from where the client stands. */
const growths: Partial<Record<Lifecycle, Growth>> = {
  approved: "change",
  suspended: "unsuspend",
  blocked: "unblock",
};

/** The acts that make sense for this client, each with why this person cannot do it now. */
function acts(
  person: PersonActor,
  client: Row<"client">,
  openRequest: number | undefined,
  read: boolean,
  now: Instant,
): ClientAct[] {
  const own = client.ownerTeamId !== null && person.teamIds.includes(client.ownerTeamId);
  const registers = may(person, "register")
    ? undefined
    : `Your role (${person.role}) reads only: it changes nothing.`;
  const trusted = may(person, "shrink") || (own && person.role !== "auditor");
  const shrinks = trusted
    ? undefined
    : "Only the owner team, a reviewer or an administrator takes trust away from this client.";
  const ask = (kind: Growth) =>
    registers ??
    requestObstacle(kind, client, now) ??
    (openRequest ? `Request ${openRequest} is already open: decide or withdraw it first.` : undefined) ??
    (read ? undefined : "No document of this client was read yet. Fetch it first.");
  const growing = growths[client.lifecycle] ?? "approve";
  const shrink = (to: "suspended" | "blocked" | "retired") => shrinks ?? shrinkObstacle(to, client.lifecycle);
  return [
    { key: "fetch", obstacle: registers },
    {
      key: "edit",
      obstacle: trusted
        ? undefined
        : "Only the owner team, a reviewer or an administrator edits this client.",
    },
    { key: growing, obstacle: ask(growing) },
    { key: "suspend", obstacle: shrink("suspended") },
    { key: "block", obstacle: shrink("blocked") },
    { key: "retire", obstacle: shrink("retired") },
  ];
}
