import { owningDomain } from "#lib/core/domain/owningDomain.ts";
import type { Check } from "../Check.ts";
import { eachLink } from "../eachLink.ts";

export const documentUriOtherSite: Check = {
  id: "document.uri-other-site",
  severity: "warning",
  title: "Link to another site",
  rationale:
    "A logo or home page of another site may borrow somebody's name. It may also be a content network; somebody has to know.",
  clause: "RFC 7591 §5 (same host, warn about another domain)",
  example: '"logo_uri": "https://www.bigbank.com/logo.png" for app.acme.com',
  run: (facts) =>
    eachLink(facts, ({ shown, url }) => {
      if (facts.owner === undefined || (url?.protocol !== "https:" && url?.protocol !== "http:"))
        return undefined;
      if (url.hostname === facts.owner.host) return undefined;
      const { label } = owningDomain(url.hostname);
      return label === facts.owner.label
        ? undefined
        : `${shown} leads to ${label}, not to ${facts.owner.label}. Make sure that both have one owner.`;
    }),
};
