/** Roles of people. `admin` runs the installation and can never approve alone; `auditor` reads everything and never writes. */
export type Role = "member" | "reviewer" | "admin" | "auditor";

/** Roles of API tokens. */
export type TokenRole = "consumer" | "ci" | "reader" | "operator";

export const roles: readonly Role[] = ["member", "reviewer", "admin", "auditor"];
