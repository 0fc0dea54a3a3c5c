import type { Check } from "../Check.ts";

export const documentAtprotoResponseTypes: Check = {
  id: "document.atproto-response-types",
  severity: "error",
  title: "Response types without code",
  rationale: "atproto only: the document must say that it asks for a code.",
  clause: 'atproto OAuth profile, "Clients" (response_types is required and contains code)',
  example: "No response_types",
  run({ members, profile }) {
    const types = members?.["response_types"];
    if (profile !== "atproto" || members === undefined) return [];
    if (types === undefined)
      return [{ message: 'The document has no response_types. Add ["code"].', path: "" }];
    if (!Array.isArray(types) || types.includes("code")) return [];
    return [{ message: "response_types does not contain code. Add it.", path: "/response_types" }];
  },
};
