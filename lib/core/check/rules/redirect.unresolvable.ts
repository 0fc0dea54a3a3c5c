import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectUnresolvable: Check = {
  id: "redirect.unresolvable",
  severity: "warning",
  title: "Redirect to a name that leads nowhere",
  rationale:
    "Codes sent there are lost today. If the name can be had, whoever takes it receives them tomorrow, and the document does not change.",
  clause: "RFC 9700 §4.1.1 (subdomain takeover); draft-ietf-oauth-client-id-metadata-document-02 §8.9",
  example: "https://old-campaign.acme.com/callback, a name that DNS no longer knows",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, host }, shown) => {
      if (host === undefined || kind === "loopback" || specialUseName(host) !== undefined) return undefined;
      const answers = facts.addresses?.[host];
      return answers?.length === 0
        ? `${shown} leads to "${host}", a name that has no address. Remove the redirect, or claim the name.`
        : undefined;
    }),
};
