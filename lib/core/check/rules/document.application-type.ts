import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentApplicationType: Check = {
  id: "document.application-type",
  severity: "warning",
  title: "application_type that does not fit",
  rationale:
    "Left out it means web, and strict servers then refuse redirects to the person's own computer or to an app. atproto always does.",
  clause: 'OpenID Connect Registration 1.0 §2; MCP SEP-837; atproto OAuth profile, "Clients"',
  example: "http://127.0.0.1/callback without application_type native",
  run({ members, redirects, profile }) {
    const type = members?.["application_type"];
    if (members === undefined || (type !== undefined && typeof type !== "string")) return [];
    const path = type === undefined ? "" : "/application_type";
    if (type !== undefined && type !== "web" && type !== "native") {
      const message = `application_type "${visibleText(type, 60)}" is neither web nor native. Use one of these.`;
      return [{ message, path, severity: "error" }];
    }
    const local = redirects.find(({ class: kind }) => kind === "loopback" || kind === "private_scheme");
    if (type === "native" || local === undefined) return [];
    const what =
      type === undefined ? "application_type is missing, which means web" : "application_type is web";
    const where = local.class === "loopback" ? "the person's own computer" : "an app";
    return [
      {
        message: `${what}, but ${local.shown} leads to ${where}. Set it to native.`,
        path,
        severity: profile === "atproto" ? "error" : undefined,
      },
    ];
  },
};
