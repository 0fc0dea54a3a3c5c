import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentClientIdMissing: Check = {
  id: "document.client-id-missing",
  severity: "error",
  title: "No client_id",
  rationale:
    "The document must name the URL it is served from; without that anyone can serve anyone's document.",
  clause: draft("§4"),
  example: '{"client_name":"Acme"}',
  run({ members }) {
    if (members === undefined || typeof members["client_id"] === "string") return [];
    const message = Object.hasOwn(members, "client_id")
      ? "client_id is not a string. Set it to the URL of the document."
      : "The document has no client_id. Add it, set to the URL of the document.";
    return [{ message, path: Object.hasOwn(members, "client_id") ? "/client_id" : "" }];
  },
};
