/** The rule set a client is judged by: the IETF draft, MCP's additions, or atproto's stricter profile. */
export type Profile = "ietf" | "mcp" | "atproto";

export const profiles: readonly Profile[] = ["ietf", "mcp", "atproto"];
