import type { Role } from "#lib/core/role.ts";

/** Ferncastle, the invented company of the demo. */
export const teams = [
  "AI Platform",
  "Developer Platform",
  "Security",
  "Social",
  "Data Science",
  "Platform SRE",
] as const;

export type Team = (typeof teams)[number];

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly Team[];
}

/** One of every role stands first: the demo's one-click sign-in takes that one. */
export const people: readonly DemoPerson[] = [
  { name: "Ada Brandt", email: "ada@ferncastle.example", role: "admin", teams: ["Security"] },
  { name: "Mara Acosta", email: "mara@ferncastle.example", role: "reviewer", teams: ["Security"] },
  {
    name: "Ines Whitfield",
    email: "ines@ferncastle.example",
    role: "member",
    teams: ["AI Platform", "Developer Platform"],
  },
  { name: "Tomas Reyes", email: "tomas@ferncastle.example", role: "auditor", teams: [] },
  { name: "Jun Okafor", email: "jun@ferncastle.example", role: "reviewer", teams: ["Platform SRE"] },
  { name: "Pia Lindqvist", email: "pia@ferncastle.example", role: "reviewer", teams: ["Security"] },
  {
    name: "Noor Haddad",
    email: "noor@ferncastle.example",
    role: "member",
    teams: ["Social", "Data Science"],
  },
];

export const audiences = [
  {
    slug: "prod",
    name: "Workforce sign-in",
    issuer: "https://id.ferncastle.example",
    isPrivate: false,
    resources: [
      {
        uri: "https://mcp.ferncastle.example/tickets",
        name: "Ticket tools",
        scopes: ["tickets.read", "tickets.write"],
        sensitiveScopes: ["tickets.write"],
      },
      {
        uri: "https://mcp.ferncastle.example/docs",
        name: "Document search",
        scopes: ["docs.search", "docs.read"],
        sensitiveScopes: [],
      },
    ],
    servers: ["idp-eu-1", "idp-us-1"],
  },
  {
    slug: "gateway",
    name: "MCP gateway",
    issuer: "https://gateway.ferncastle.example",
    isPrivate: true,
    resources: [
      {
        uri: "https://gateway.ferncastle.example/mcp",
        name: "All MCP tools",
        scopes: ["tools.list", "tools.call", "tools.admin"],
        sensitiveScopes: ["tools.admin"],
      },
    ],
    servers: ["gateway-1"],
  },
  {
    slug: "social",
    name: "Social publishing",
    issuer: "https://social.ferncastle.example",
    isPrivate: true,
    resources: [
      {
        uri: "https://social.ferncastle.example/api",
        name: "Posting",
        scopes: ["atproto", "posts.write"],
        sensitiveScopes: ["posts.write"],
      },
    ],
    servers: ["social-auth"],
  },
] as const;
