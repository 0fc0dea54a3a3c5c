import type { Grant } from "#lib/core/client.ts";
import type { Profile } from "#lib/core/profile.ts";
import { realDocuments } from "../sandbox/realDocuments.ts";
import type { Team } from "./company.ts";
import { docs, posting, tickets, tools } from "./grants.ts";

export interface Registration {
  readonly clientId: string;
  readonly profile: Profile;
  readonly team: Team;
  readonly sponsor: string;
  readonly purpose: string;
  readonly contract?: string;
  readonly grants: readonly Grant[];
}

const assistants: readonly (readonly [string, Team, string, readonly Grant[]])[] = [
  [
    "https://claude.ai/oauth/mcp-oauth-client-metadata",
    "AI Platform",
    "Company assistant: search documents, read tickets",
    [tickets, docs, tools],
  ],
  [
    "https://claude.ai/oauth/claude-code-client-metadata",
    "Developer Platform",
    "Coding agent in the terminal",
    [tickets, docs],
  ],
  ["https://chatgpt.com/oauth/client.json", "AI Platform", "Connector for the research team", [docs]],
  [
    "https://vscode.dev/oauth/client-metadata.json",
    "Developer Platform",
    "MCP tools inside the editor",
    [tickets, docs, tools],
  ],
  [
    "https://zed.dev/oauth/client-metadata.json",
    "Developer Platform",
    "MCP tools inside the editor",
    [tickets, docs],
  ],
  [
    "https://goose-docs.ai/oauth/client-metadata.json",
    "Developer Platform",
    "Open-source agent on developers' machines",
    [tickets],
  ],
  [
    "https://cursor.com/oauth/mcp-client.json",
    "Developer Platform",
    "MCP tools inside the editor",
    [tickets, docs],
  ],
  [
    "https://opencode.ai/oauth/opencode/client.json",
    "Developer Platform",
    "Terminal agent, trial with twelve people",
    [docs],
  ],
  ["https://fast-agent.ai/oauth/client.json", "Data Science", "Evaluation runs of agents", [tools]],
  ["https://giantswarm.github.io/mcp-debug/client.json", "Platform SRE", "Debugging MCP servers", [tools]],
  [
    "https://www.mcpjam.com/.well-known/oauth/client-metadata.json",
    "AI Platform",
    "Inspector for our own MCP servers",
    [tools],
  ],
];

/** About forty real clients, as they are: the assistants everybody knows, and small publishers of one social network. */
export function realRegistrations(): Registration[] {
  const served = new Map(
    realDocuments().flatMap((document) =>
      document.status === undefined || document.status === 200 ? [[document.url, document] as const] : [],
    ),
  );
  const named = assistants.filter(([clientId]) => served.has(clientId));
  const others = [...served.values()]
    .filter(
      ({ url, body }) =>
        isDocument(body) && body["client_id"] === url && !named.some(([clientId]) => clientId === url),
    )
    .filter(({ body }) => isDocument(body) && JSON.stringify(body["scope"] ?? "").includes("atproto"))
    .slice(0, 40 - named.length);
  return [
    ...named.map(([clientId, team, purpose, grants]): Registration => ({
      clientId,
      profile: "mcp",
      team,
      sponsor: team === "AI Platform" ? "Ines Whitfield" : "Jun Okafor",
      purpose,
      contract: "Vendor agreement, 14 days' notice of changes",
      grants,
    })),
    ...others.map(({ url }): Registration => ({
      clientId: url,
      profile: "ietf",
      team: "Social",
      sponsor: "Noor Haddad",
      purpose: "Publishing for the company's accounts",
      grants: [{ ...posting, scopes: ["atproto"] }],
    })),
  ];
}

function isDocument(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}
