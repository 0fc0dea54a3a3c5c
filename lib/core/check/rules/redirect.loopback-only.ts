import type { Check } from "../Check.ts";
import { declaredMethods } from "../declaredMethods.ts";

export const redirectLoopbackOnly: Check = {
  id: "redirect.loopback-only",
  severity: "warning",
  title: "Public client with loopback redirects only",
  rationale:
    "Nothing in such a document can be tied to the real program: anyone may use its client_id on somebody's computer.",
  clause: "MCP authorization 2026-07-28 (SHOULD warn about localhost-only clients)",
  example: '"none" with only http://127.0.0.1/callback',
  run({ redirects, metadata }) {
    const isPublic = declaredMethods(metadata).every((method) => method === "none");
    if (!isPublic || redirects.length === 0 || redirects.some(({ class: kind }) => kind !== "loopback"))
      return [];
    return [
      {
        message:
          "Every redirect leads to the person's own computer and the client does not authenticate, so its name cannot be trusted.",
        path: "/redirect_uris",
      },
    ];
  },
};
