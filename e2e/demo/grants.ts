import type { Grant } from "#lib/core/client.ts";

/** What clients of the demo may reach. */
export const tickets: Grant = {
  resource: "https://mcp.ferncastle.example/tickets",
  scopes: ["tickets.read"],
};
export const ticketsWrite: Grant = {
  resource: "https://mcp.ferncastle.example/tickets",
  scopes: ["tickets.read", "tickets.write"],
};
export const docs: Grant = {
  resource: "https://mcp.ferncastle.example/docs",
  scopes: ["docs.search", "docs.read"],
};
export const tools: Grant = {
  resource: "https://gateway.ferncastle.example/mcp",
  scopes: ["tools.list", "tools.call"],
};
export const posting: Grant = {
  resource: "https://social.ferncastle.example/api",
  scopes: ["atproto", "posts.write"],
};
