import type { Role, TokenRole } from "#lib/core/role.ts";

/** Roles as people read them, and what each may do. */
export const roleWords: Record<Role, { title: string; does: string }> = {
  member: { title: "Member", does: "registers clients and looks after those of their teams" },
  reviewer: { title: "Reviewer", does: "decides on requests and may suspend and block" },
  admin: {
    title: "Administrator",
    does: "looks after people, teams, tokens and servers; votes too, but never alone",
  },
  auditor: { title: "Auditor", does: "reads everything, changes nothing" },
};

export const tokenRoleWords: Record<TokenRole, { title: string; does: string }> = {
  consumer: { title: "Authorization server", does: "pulls one list and reports about it" },
  ci: { title: "Pipeline", does: "checks documents and registers clients" },
  reader: { title: "Reader", does: "reads the inventory" },
  operator: { title: "Operator", does: "suspends, blocks and manages servers; never votes" },
};
