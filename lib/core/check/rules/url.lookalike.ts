import { visibleText } from "#lib/core/document/visibleText.ts";
import { hostLookalike, nameLookalike } from "#lib/core/domain/lookalikeOf.ts";
import type { Check, Problem } from "../Check.ts";
import { draft } from "../draft.ts";

export const urlLookalike: Check = {
  id: "url.lookalike",
  severity: "warning",
  title: "Borrowed name",
  rationale:
    "People consent to a name they know. A host or client_name that resembles a well-known one deserves a second look.",
  clause: draft("§8.5"),
  example: '"Google Docs" at https://goooogle.com/client.json',
  run({ owner, metadata }) {
    const problems: Problem[] = [];
    const host = owner && hostLookalike(owner);
    if (host !== undefined) {
      problems.push({
        message: `The host "${owner?.host}" ${host.how} but does not belong to ${host.brand.domains[0]}.`,
        path: "client_id",
      });
    }
    const name = metadata?.client_name;
    const borrowed = name === undefined ? undefined : nameLookalike(name.slice(0, 500), owner);
    if (borrowed !== undefined) {
      const message = `client_name "${visibleText(name ?? "")}" ${borrowed.how}, which belongs to ${borrowed.brand.domains[0]}. Ask who is behind it.`;
      problems.push({ message, path: "/client_name" });
    }
    return problems;
  },
};
