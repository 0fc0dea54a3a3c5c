import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const documentSyntax: Check = {
  id: "document.syntax",
  severity: "error",
  title: "Not a JSON object",
  rationale:
    "Every server must read the same thing. Text that is not strict UTF-8 JSON is refused by some and guessed at by others.",
  clause: `${draft("§4")}; RFC 8259 §8.1`,
  example: "An HTML page",
  run: ({ document }) =>
    (document?.faults ?? [])
      .filter(({ kind }) => kind !== "bom" && kind !== "duplicate_member")
      .map(({ message, path }) => ({ message, path })),
};
