import { hasInvisible, visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, Problem } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentClientName: Check = {
  id: "document.client-name",
  severity: "warning",
  title: "Missing or unusable client_name",
  rationale:
    "The name is what a person sees when asked for consent. MCP requires it; invisible characters can make it read differently.",
  clause: `MCP authorization 2026-07-28 (MUST include client_name); ${draft("§8.5")}`,
  example: '"client_name": ""',
  run({ members, profile }) {
    if (members === undefined) return [];
    const name = members["client_name"];
    const severity = profile === "mcp" ? "error" : undefined;
    const found = (message: string): Problem[] => [
      { message, path: name === undefined ? "" : "/client_name", severity },
    ];
    if (name === undefined) {
      // atproto makes the name optional, and its servers do not show it for unknown clients.
      return found("The document has no client_name. Add the name people know the client by.").map(
        (problem) => (profile === "atproto" ? { ...problem, severity: "info" } : problem),
      );
    }
    if (typeof name !== "string") return found("client_name is not a string.");
    if (name.trim() === "")
      return found("client_name is empty. Set it to the name people know the client by.");
    const bytes = new TextEncoder().encode(name).byteLength;
    if (bytes > 256) return found(`client_name has ${bytes} bytes; keep it to 256.`);
    if (hasInvisible(name))
      return found(
        `client_name "${visibleText(name)}" contains control, bidi or invisible characters. Remove them.`,
      );
    return [];
  },
};
