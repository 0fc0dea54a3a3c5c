import type { Check } from "../Check.ts";

export const documentBom: Check = {
  id: "document.bom",
  severity: "warning",
  title: "Byte order mark",
  rationale: "RFC 8259 forbids writing one; strict parsers refuse the document.",
  clause: "RFC 8259 §8.1",
  example: 'A file saved as "UTF-8 with BOM"',
  run: ({ document }) =>
    (document?.faults ?? [])
      .filter(({ kind }) => kind === "bom")
      .map(({ message, path }) => ({ message, path })),
};
