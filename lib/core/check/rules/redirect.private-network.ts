import { visibleText } from "#lib/core/document/visibleText.ts";
import { specialUseName } from "#lib/core/domain/specialUseName.ts";
import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectPrivateNetwork: Check = {
  id: "redirect.private-network",
  severity: "error",
  title: "App scheme that points at an address",
  rationale:
    "Development tools put the developer's own address in the redirect. On another network the same address is somebody else's machine.",
  clause: "OAuth 2.1 §2.3; RFC 8252 §7.1",
  example: "exp://192.168.86.58:8081",
  run: (facts) =>
    eachRedirect(facts, ({ class: kind, parts }, shown) => {
      const host = kind === "private_scheme" ? (parts?.host ?? "") : "";
      const special = host === "" ? undefined : specialUseName(host);
      // A single word after "//" is where such schemes put the path ("acme://callback").
      if (special === undefined || special.startsWith("a single label")) return undefined;
      return `${shown} points at "${visibleText(host)}", which is ${special}. Remove this development redirect.`;
    }),
};
