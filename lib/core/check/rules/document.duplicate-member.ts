import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentDuplicateMember: Check = {
  id: "document.duplicate-member",
  severity: "error",
  title: "Duplicate member names",
  rationale:
    "Parsers disagree about which of two members counts, so one server checks a value that another does not use.",
  clause: `${draft("§4")}; RFC 8259 §4`,
  example: '{"client_id":"a","client_id":"b"}',
  run: ({ document }) =>
    (document?.faults ?? [])
      .filter(({ kind }) => kind === "duplicate_member")
      .map(({ message, path }) => ({ message: `${message} Keep one.`, path })),
};
