import type { Role } from "../role.ts";
import { stillAsks } from "./stillAsks.ts";

/** Somebody as they are now. */
export interface Party {
  readonly id: string;
  readonly active: boolean;
  readonly role: Role;
}

/**
 * Whether two people let trust grow together: who wished it is still here and may, another one who may review agreed, and
 * one of the two is a reviewer, for administrators alone never do.
 */
export function twoAgree(first: Party | undefined, second: Party | undefined): boolean {
  if (!first || !second || first.id === second.id) return false;
  if (!first.active || first.role === "auditor" || !stillAsks(second)) return false;
  return first.role === "reviewer" || second.role === "reviewer";
}
