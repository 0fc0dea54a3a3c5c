import type { Actor } from "./Actor.ts";
import { Refusal } from "./Refusal.ts";

/** What can be allowed. `shrink` is suspend and block of any client; owners may shrink their own besides. */
export type Permission =
  "read" | "register" | "review" | "shrink" | "administer" | "manage_audiences" | "read_channels";

const allowed: Record<Exclude<Actor["kind"], "system">, Record<string, readonly Permission[]>> = {
  person: {
    member: ["read", "register"],
    reviewer: ["read", "register", "review", "shrink"],
    admin: ["read", "register", "review", "shrink", "administer", "manage_audiences", "read_channels"],
    auditor: ["read", "read_channels"],
  },
  token: {
    consumer: [],
    reader: ["read"],
    ci: ["read", "register"],
    operator: ["read", "register", "shrink", "manage_audiences", "read_channels"],
  },
};

const words: Record<Permission, string> = {
  read: "read the inventory",
  register: "register clients",
  review: "vote on requests",
  shrink: "suspend or block clients of other teams",
  administer: "administer people, teams and tokens",
  manage_audiences: "manage authorization servers",
  read_channels: "read where notifications go",
};

/** Whether the actor's role includes the permission. A table: each role, one line. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.kind === "system" || (allowed[actor.kind][actor.role]?.includes(permission) ?? false);
}

/** Refuses, in words, an actor whose role does not include the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (may(actor, permission)) return;
  const role = actor.kind === "system" ? "system" : actor.role;
  throw new Refusal("not_allowed", `Your role (${role}) may not ${words[permission]}. Ask an administrator.`);
}
