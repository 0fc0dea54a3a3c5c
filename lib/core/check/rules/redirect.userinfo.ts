import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectUserinfo: Check = {
  id: "redirect.userinfo",
  severity: "error",
  title: "Userinfo before the host",
  rationale: 'What stands before "@" looks like the host to a person reading the consent screen.',
  clause: "OAuth 2.1 §2.3; RFC 3986 §7.5",
  example: "https://app.acme.com@evil.net/callback",
  run: (facts) =>
    eachRedirect(facts, ({ parts }, shown) =>
      parts?.userinfo === undefined
        ? undefined
        : `${shown} carries "${visibleText(parts.userinfo)}@" before its host. Remove it.`,
    ),
};
