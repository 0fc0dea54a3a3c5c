import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { eachLink } from "../eachLink.ts";

export const documentUriScheme: Check = {
  id: "document.uri-scheme",
  severity: "error",
  title: "Link that is not a web address",
  rationale:
    "The link is shown on consent pages and in consoles, where a javascript: address runs as their own code.",
  clause: `${draft("§8.6")} (known URI schemes only); RFC 7591 §5`,
  example: '"policy_uri": "javascript:alert(1)"',
  run: (facts) =>
    eachLink(facts, ({ shown, url }) => {
      const scheme = url?.protocol;
      if (scheme === undefined || scheme === "https:" || scheme === "http:") return undefined;
      if (scheme === "data:")
        return {
          message: `${shown} carries its content in itself, where no host vouches for it. Serve it over https.`,
          severity: "warning",
        };
      return `${shown} uses the scheme "${visibleText(scheme, 40)}". Use https.`;
    }),
};
