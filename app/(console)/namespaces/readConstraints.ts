import type { z } from "zod";
import type { constraintsInput } from "#lib/core/namespace/constraintsInput.ts";
import { readGrants } from "../../readGrants.ts";

export const textIn = (form: FormData) => (name: string) => String(form.get(name) ?? "").trim();

/** The constraints of a form; whether they can be used is the flow's to say. */
export function readConstraints(form: FormData): z.input<typeof constraintsInput> {
  const text = textIn(form);
  const keyHost = text("keyHost");
  const ticked = (name: string) => form.getAll(name).map(String) as never[];
  return {
    redirectHosts: text("redirectHosts").split(/[\s,]+/).filter(Boolean),
    loopback: form.get("loopback") === "on",
    methods: ticked("methods"),
    ...(keyHost ? { keyHost } : {}),
    grantTypes: ticked("grantTypes"),
    grants: readGrants(form),
    mostChildren: text("mostChildren"),
  };
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
