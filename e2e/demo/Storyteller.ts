import type { PersonActor } from "#lib/core/Actor.ts";
import { systemActor } from "#lib/core/Actor.ts";
import { day, hour, minute, second, type Instant } from "#lib/core/Instant.ts";
import type { Grant } from "#lib/core/client.ts";
import type { Profile } from "#lib/core/profile.ts";
import { newId, type Context } from "#lib/context.ts";
import { find } from "#lib/db/rows.ts";
import { randomBytes } from "node:crypto";
import { castVote } from "#lib/flows/castVote.ts";
import { publishDueReleases } from "#lib/flows/publishDueReleases.ts";
import { refreshClient } from "#lib/flows/refreshClient.ts";
import { registerClient } from "#lib/flows/registerClient.ts";
import type { SandboxControl } from "../sandbox/SandboxControl.ts";
import type { Team } from "./company.ts";

export interface Cast {
  readonly actors: ReadonlyMap<string, PersonActor>;
  readonly teamIds: ReadonlyMap<Team, string>;
}

/** Lives through weeks in seconds: the same flows as everybody's, with a clock that the story sets. */
export class Storyteller {
  readonly ctx: Context;
  readonly control: SandboxControl;
  cast: Cast = { actors: new Map(), teamIds: new Map() };
  #now: Instant;

  constructor(real: Context, control: SandboxControl, start: Instant) {
    this.#now = start;
    this.control = control;
    const clock = () => this.#now;
    this.ctx = { ...real, clock, newId: () => newId(this.#now, (bytes) => randomBytes(bytes)) };
  }

  get now(): Instant {
    return this.#now;
  }

  /** Moves on to a moment so many days before `end`; never back. */
  at(end: Instant, daysBefore: number): void {
    this.#now = Math.max(this.#now + second, end - daysBefore * day);
  }

  later(milliseconds: number): void {
    this.#now += milliseconds;
  }

  as(name: string): PersonActor {
    const actor = this.cast.actors.get(name);
    if (!actor) throw new Error(`Nobody is called ${name}.`);
    return actor;
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
  ): Promise<boolean> {
    for (const voter of voters) {
      this.later(7 * minute);
      const request = await find(this.ctx.db, "request", { number });
      const snapshot = request && (await find(this.ctx.db, "snapshot", { id: request.snapshotId }));
      if (!snapshot || snapshot.errors > 0) return false;
      const outcome = await castVote(this.ctx, this.as(voter), {
        number,
        verdict: "approve",
        reason,
        digest: snapshot.digest,
      });
      if (outcome.state === "approved") break;
    }
    this.later(hour / 2);
    await publishDueReleases(this.ctx);
    return true;
  }

  /** The scheduled visit, and the second look where it showed something new. */
  async visit(id: string): Promise<void> {
    await refreshClient(this.ctx, systemActor, { id });
    const client = await find(this.ctx.db, "client", { id });
    if (client?.lookAgainAt) {
      this.later(2 * minute);
      await refreshClient(this.ctx, systemActor, { id });
    }
    this.later(minute);
    await publishDueReleases(this.ctx);
  }
}
