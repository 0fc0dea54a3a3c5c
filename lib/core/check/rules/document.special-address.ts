import { classifyAddress } from "#lib/core/address/classifyAddress.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import type { Check, Problem } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentSpecialAddress: Check = {
  id: "document.special-address",
  severity: "error",
  title: "URL that leads into a private network",
  rationale:
    "A server must not fetch what a document names on a private network. A localhost logo is usually left over from development.",
  clause: `${draft("§8.6")}; RFC 6890`,
  example: '"logo_uri": "http://localhost:3000/logo.png"',
  run({ members = {}, addresses, openedAddresses = [] }) {
    const problems: Problem[] = [];
    for (const [names, severity] of [
      [fetched, "error"],
      [linked, "warning"],
    ] as const) {
      for (const name of names) {
        const value = members[name];
        const host = typeof value === "string" ? URL.parse(value)?.hostname : undefined;
        const why = host && whyPrivate(host, addresses?.[host] ?? [], openedAddresses);
        if (why)
          problems.push({
            message: `${name} "${visibleText(String(value))}" leads to ${why}. Use a public host.`,
            path: `/${name}`,
            severity,
          });
      }
    }
    return problems;
  },
};

/** Members a server may fetch. */
const fetched = [
  "jwks_uri",
  "signed_jwks_uri",
  "logo_uri",
  "sector_identifier_uri",
  "backchannel_logout_uri",
  "initiate_login_uri",
];
/** Members a person may follow. */
const linked = ["client_uri", "tos_uri", "policy_uri", "organization_uri", "information_uri"];

function whyPrivate(host: string, answers: readonly string[], opened: readonly string[]): string | undefined {
  const bare = host.replace(/^\[|\]$/g, "");
  const special = specialUseName(host);
  if (special === "an IP address") {
    return classifyAddress(bare).verdict === "block" ? `"${host}", an address that is not public` : undefined;
  }
  if (special !== undefined) return `"${host}", ${special}`;
  const blocked = answers.find(
    (address) => classifyAddress(address).verdict === "block" && !opened.includes(address),
  );
  return blocked === undefined ? undefined : `${blocked}, an address that is not public`;
}
