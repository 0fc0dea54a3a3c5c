import { randomBytes } from "node:crypto";
import type { PersonActor } from "#lib/core/Actor.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { day, hour, minute, second, type Instant } from "#lib/core/Instant.ts";
import type { Grant } from "#lib/core/client.ts";
import type { Profile } from "#lib/core/profile.ts";
import { newId, type Context } from "#lib/context.ts";
import { openRequestOf } from "#lib/db/queries/openRequestOf.ts";
import { find, findAll, type Row } from "#lib/db/rows.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { deliverOutbox } from "#lib/flows/channels/deliverOutbox.ts";
import { publishDueReleases } from "#lib/flows/releases/publishDueReleases.ts";
import { refreshClient } from "#lib/flows/watch/refreshClient.ts";
import { registerClient } from "#lib/flows/clients/registerClient.ts";
import { sendDeliveries } from "#lib/flows/channels/sendDeliveries.ts";
import { tendFindings } from "#lib/flows/findings/tendFindings.ts";
import { watchTime } from "#lib/flows/watch/watchTime.ts";
import { keySet } from "../sandbox/inventedClients.ts";
import type { SandboxControl } from "../sandbox/SandboxControl.ts";
import type { Team } from "./company.ts";
import { companyOf } from "./companyOf.ts";

export interface Cast {
  readonly actors: ReadonlyMap<string, PersonActor>;
  readonly teamIds: ReadonlyMap<Team, string>;
}

/** Lives through weeks in seconds: the same flows as everybody's, with a clock that the story sets. */
export class Storyteller {
  readonly ctx: Context;
  readonly control: SandboxControl;
  cast: Cast = { actors: new Map(), teamIds: new Map() };
  /** When the story ends: now. */
  readonly end: Instant;
  /** Rows of the invented clients, by company. */
  readonly ids = new Map<string, string>();
  readonly #documents = new Map<string, Readonly<Record<string, unknown>>>();
  #now: Instant;

  constructor(real: Context, control: SandboxControl, { start, end }: { start: Instant; end: Instant }) {
    this.#now = start;
    this.end = end;
    this.control = control;
    const clock = () => this.#now;
    this.ctx = { ...real, clock, newId: () => newId(this.#now, (bytes) => randomBytes(bytes)) };
  }

  get now(): Instant {
    return this.#now;
  }

  /** Moves on to a moment so many days before the end; never back. */
  at(daysBefore: number): void {
    this.#now = Math.max(this.#now + second, this.end - daysBefore * day);
  }

  later(milliseconds: number): void {
    this.#now += milliseconds;
  }

  as = (name: string): PersonActor => {
    const actor = this.cast.actors.get(name);
    if (!actor) throw new Error(`Nobody is called ${name}.`);
    return actor;
  };

  idOf(company: string): string {
    const id = this.ids.get(company);
    if (!id) throw new Error(`No client of ${company} was registered.`);
    return id;
  }

  /** What the company serves at this point of the story. */
  documentOf(company: string): Readonly<Record<string, unknown>> {
    return this.#documents.get(company) ?? companyOf(company).document;
  }

  async snapshotOf(requestNumber: number): Promise<Row<"snapshot"> | undefined> {
    const request = await find(this.ctx.db, "request", { number: requestNumber });
    return request && find(this.ctx.db, "snapshot", { id: request.snapshotId });
  }

  /** The number of the finding that stands at a client. */
  async findingAt(company: string, rule: string): Promise<number> {
    return this.#numberOf({ clientRowId: this.idOf(company), rule }, `${company}: ${rule}`);
  }

  /** The number of the finding about a host with several clients. */
  async hostFindingAt(host: string): Promise<number> {
    return this.#numberOf({ clientRowId: null, host }, host);
  }

  async #numberOf(where: Partial<Row<"finding">>, what: string): Promise<number> {
    const found = (await findAll(this.ctx.db, "finding", where)).filter(({ state }) => state !== "resolved");
    if (!found[0]) throw new Error(`There is no finding ${what}.`);
    return found[0].number;
  }

  /** Registers a client for a team and says its request's number. */
  async register(
    by: string,
    asked: {
      clientId: string;
      profile: Profile;
      team: Team;
      sponsor: string;
      purpose: string;
      contract?: string;
      grants: readonly Grant[];
      validDays?: number;
      reason?: string;
    },
  ): Promise<{ id: string; requestNumber: number }> {
    const { team, reason, grants, ...rest } = asked;
    this.later(3 * minute);
    return registerClient(this.ctx, this.as(by), {
      ...rest,
      grants: grants.map(({ resource, scopes }) => ({ resource, scopes: [...scopes] })),
      ownerTeamId: this.cast.teamIds.get(team) ?? "",
      reason: reason ?? `${asked.purpose}.`,
    });
  }

  /** Reviewers vote one after another until the request is decided; false when the document cannot be approved. */
  async approve(
    number: number,
    voters: readonly string[],
    reason = "Owner and purpose are clear; redirects are the vendor's own.",
    excluded?: readonly { readonly member: string; readonly value?: string }[],
  ): Promise<boolean> {
    for (const voter of voters) {
      this.later(7 * minute);
      const snapshot = await this.snapshotOf(number);
      if (!snapshot || snapshot.errors > 0) return false;
      const outcome = await castVote(this.ctx, this.as(voter), {
        number,
        verdict: "approve",
        reason,
        digest: snapshot.digest,
        ...(excluded ? { excluded: [...excluded] } : {}),
      });
      if (outcome.state === "approved") break;
    }
    this.later(hour / 2);
    await publishDueReleases(this.ctx);
    return true;
  }

  /** Reviewers accept what a company changed, but for what they leave out. */
  async approveChange(...[company, ...vote]: ApproveChange): Promise<void> {
    const request = await openRequestOf(this.ctx.db, this.idOf(company));
    if (!request) throw new Error(`Nothing is asked about ${company}.`);
    await this.approve(request.number, ...vote);
  }

  /** The company publishes its document with other members, and is visited. */
  async change(company: string, members: Readonly<Record<string, unknown>>): Promise<void> {
    const body = { ...this.documentOf(company), ...members };
    this.#documents.set(company, body);
    await this.control.publish({ url: companyOf(company).clientId, body });
    await this.visit(company);
  }

  /** The company publishes these keys and no others, and is visited. */
  async publishKeys(company: string, ...seeds: readonly string[]): Promise<void> {
    await this.control.publish({ url: companyOf(company).keys?.url ?? "", body: keySet(...seeds) });
    await this.visit(company);
  }

  /** The scheduled visit, and the second look where it showed something new. */
  async visit(company: string): Promise<void> {
    const id = this.idOf(company);
    await refreshClient(this.ctx, systemActor, { id });
    const client = await find(this.ctx.db, "client", { id });
    if (client?.lookAgainAt) {
      this.later(2 * minute);
      await refreshClient(this.ctx, systemActor, { id });
    }
    this.later(minute);
  }

  /** What the worker does besides visiting. */
  async letTimePass(): Promise<void> {
    await publishDueReleases(this.ctx);
    await tendFindings(this.ctx);
    await watchTime(this.ctx);
    while ((await deliverOutbox(this.ctx)) > 0);
    while ((await sendDeliveries(this.ctx)) > 0);
  }
}

type ApproveChange = [
  company: string,
  voters: readonly string[],
  reason: string,
  excluded?: readonly { readonly member: string; readonly value?: string }[],
];
