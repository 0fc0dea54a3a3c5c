import type { PersonActor } from "#lib/core/Actor.ts";
import type { Role } from "#lib/core/role.ts";
import { minute } from "#lib/core/Instant.ts";
import { find, insert } from "#lib/db/rows.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { createAudience } from "#lib/flows/servers/createAudience.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { refreshClient, type Refreshed } from "#lib/flows/watch/refreshClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { turnSigningKeys } from "#lib/flows/signing/turnSigningKeys.ts";
import type { TestContext } from "./openTestContext.ts";

export const tickets = "https://mcp.example.com/tickets";
/** A client whose every factor is low: its own host, keys of its own, no sensitive scope. */
export const quiet = "https://tidewater.dev/oauth/client.json";
export const quietRedirect = "https://tidewater.dev/oauth/callback";

/** An installation with one authorization server, two teams and somebody of each role. */
export interface Stage {
  readonly audienceId: string;
  readonly platform: string;
  readonly security: string;
  readonly mara: PersonActor;
  readonly rui: PersonActor;
  readonly sofia: PersonActor;
  readonly ada: PersonActor;
  readonly otto: PersonActor;
}

/** Mara owns clients, Rui and Sofia review (for two teams), Ada administers, Otto audits. */
export async function setStage(ctx: TestContext): Promise<Stage> {
  const platform = await addTeam(ctx, "AI Platform");
  const security = await addTeam(ctx, "Security");
  const ada = await addPerson(ctx, "Ada", "admin", [security]);
  const { id: audienceId } = await createAudience(ctx, ada, {
    slug: "prod",
    name: "Production",
    issuer: "https://login.example.com",
    isPrivate: true,
    resources: [
      {
        uri: tickets,
        name: "Tickets",
        scopes: ["tickets.read", "tickets.delete"],
        sensitiveScopes: ["tickets.delete"],
      },
    ],
  });
  return {
    audienceId,
    platform,
    security,
    ada,
    mara: await addPerson(ctx, "Mara", "member", [platform]),
    rui: await addPerson(ctx, "Rui", "reviewer", [security]),
    sofia: await addPerson(ctx, "Sofia", "reviewer", [platform]),
    otto: await addPerson(ctx, "Otto", "auditor", []),
  };
}

export async function addTeam(ctx: TestContext, name: string): Promise<string> {
  const id = ctx.newId();
  await ctx.db.transaction((tx) => insert(tx, "team", { id, name, createdAt: ctx.clock() }));
  return id;
}

/** A person without a password: hashing one takes a third of a second. */
export async function addPerson(
  ctx: TestContext,
  name: string,
  role: Role,
  teamIds: readonly string[],
): Promise<PersonActor> {
  const id = ctx.newId();
  const email = `${name.toLowerCase()}@example.com`;
  await ctx.db.transaction(async (tx) => {
    await insert(tx, "person", {
      id,
      email,
      name,
      role,
      active: true,
      createdAt: ctx.clock(),
      revision: 1,
    });
    for (const teamId of teamIds) await insert(tx, "membership", { id: ctx.newId(), personId: id, teamId });
  });
  return { kind: "person", id, name, email, role, teamIds };
}

/** What Mara says when she registers a client. */
export function registration(stage: Stage, clientId: string = quiet, scopes: string[] = ["tickets.read"]) {
  return {
    clientId,
    ownerTeamId: stage.platform,
    sponsor: "Mara Lind",
    purpose: "Reads tickets for the deployment assistant.",
    grants: [{ resource: tickets, scopes }],
    reason: "The assistant needs it from Monday on.",
  };
}

/** Registers a client as Mara. */
export function register(ctx: TestContext, stage: Stage, clientId?: string, scopes?: string[]) {
  return registerClient(ctx, stage.mara, registration(stage, clientId, scopes));
}

/** A vote on what the request is about now. */
export async function vote(
  ctx: TestContext,
  person: PersonActor,
  number: number,
  verdict: "approve" | "deny" = "approve",
) {
  return castVote(ctx, person, {
    number,
    verdict,
    reason: "Looked at the document, it is what it says.",
    digest: await digestOf(ctx, number),
  });
}

/** Digest of the snapshot a request is about now. */
export async function digestOf(ctx: TestContext, number: number): Promise<string> {
  const request = await find(ctx.db, "request", { number });
  const snapshot = request && (await find(ctx.db, "snapshot", { id: request.snapshotId }));
  if (!snapshot) throw new Error(`No request ${number}.`);
  return snapshot.digest;
}

/** Registers and approves a client whose risk is low or medium. */
export async function approved(ctx: TestContext, stage: Stage, clientId?: string): Promise<string> {
  const { id, requestNumber } = await register(ctx, stage, clientId);
  const outcome = await vote(ctx, stage.rui, requestNumber);
  if (outcome.state !== "approved") throw new Error(`Not approved but ${JSON.stringify(outcome)}.`);
  return id;
}

/** Lets the worker's beat come once, after the delay that approvals wait. */
export async function publish(ctx: TestContext): Promise<number> {
  ctx.pass(ctx.config.approvalDelayMs);
  await turnSigningKeys(ctx);
  return publishDueReleases(ctx);
}

/** Looks at a client twice, so that what it shows now counts, and says what the second look showed. */
export async function lookTwice(ctx: TestContext, stage: Stage, id: string): Promise<Refreshed> {
  await refreshClient(ctx, stage.mara, { id });
  ctx.pass(2 * minute);
  return refreshClient(ctx, stage.mara, { id });
}
