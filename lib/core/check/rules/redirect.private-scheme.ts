import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { dangerousSchemes } from "../dangerousSchemes.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectPrivateScheme: Check = {
  id: "redirect.private-scheme",
  severity: "warning",
  title: "Redirect to an app's own scheme",
  rationale: "Any app may claim the scheme and receive the code. MCP allows localhost and https only.",
  clause: "RFC 8252 §7.1, §8.4; MCP authorization 2026-07-28 (redirects MUST be localhost or https)",
  example: "com.acme.app:/callback",
  run(facts) {
    const advice =
      facts.profile === "mcp"
        ? "MCP allows localhost and https only: use one of these."
        : "An https link that the app has claimed is safer.";
    return eachRedirect(
      facts,
      ({ class: kind, parts }, shown) =>
        kind === "private_scheme" && !dangerousSchemes.has(parts?.scheme.toLowerCase() ?? "")
          ? `${shown} leads to whichever app claims the scheme "${visibleText(parts?.scheme ?? "")}:". ${advice}`
          : undefined,
      facts.profile === "mcp" ? "error" : undefined,
    );
  },
};
