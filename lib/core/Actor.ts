import type { Role, TokenRole } from "./role.ts";

export interface PersonActor {
  readonly kind: "person";
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teamIds: readonly string[];
}

export interface TokenActor {
  readonly kind: "token";
  readonly id: string;
  readonly name: string;
  readonly role: TokenRole;
  /** Set for a consumer's token: the one audience it may read and report for. */
  readonly audienceId: string | null;
}

export interface SystemActor {
  readonly kind: "system";
  readonly name: string;
}

/** Who does something. Every flow that changes anything knows its actor and writes it to the journal. */
export type Actor = PersonActor | TokenActor | SystemActor;

/** A token made by `operator` acts for no person: it may never vote. */
export const systemActor: SystemActor = { kind: "system", name: "Rollcall" };
