import type { z } from "zod";
import { constraintsOf } from "#components/namespace/constraintsOf.ts";
import type { constraintsInput } from "#lib/core/namespace/constraintsInput.ts";

export const textIn = (form: FormData) => (name: string) => String(form.get(name) ?? "").trim();

/** The constraints of a form for a flow, which says whether they can be used: its words for methods are not known here. */
export function readConstraints(form: FormData): z.input<typeof constraintsInput> {
  return constraintsOf(form) as z.input<typeof constraintsInput>;
}

/** A fault inside the constraints, or inside one of their lists, belongs to the field with the whole of it. */
export function atField(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, sentence]) => [
      name.replace(/^constraints\./, "").replace(/\..*$/, ""),
      sentence,
    ]),
  );
}
