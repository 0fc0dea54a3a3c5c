import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const fetchContentType: Check = {
  id: "fetch.content-type",
  severity: "warning",
  title: "Content type other than JSON",
  rationale:
    "The draft serves documents as application/json or a +json type. Text or HTML often means a file host or an error page.",
  clause: `${draft("§4")}; atproto OAuth profile, "Clients"`,
  example: "text/plain",
  run({ response, profile }) {
    if (response?.status !== 200) return [];
    const header = response.headers["content-type"];
    const type = header?.split(";")[0]?.trim().toLowerCase() ?? "";
    const strict = profile === "atproto";
    if (type === "application/json" || (!strict && /^application\/[\w.!#$&^-]+\+json$/.test(type))) return [];
    const served = header === undefined ? "without a Content-Type" : `as "${visibleText(header)}"`;
    return [
      {
        message: `The document is served ${served}. Serve it as application/json.`,
        path: "response",
        severity: strict ? "error" : undefined,
      },
    ];
  },
};
