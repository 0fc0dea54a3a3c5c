import type { NamespaceConstraints } from "#lib/core/namespace/Namespace.ts";

/** The constraints of a form as they are entered. Whether they can be used is not looked at. */
export function constraintsOf(form: FormData): NamespaceConstraints {
  const text = (name: string) => textOf(form.get(name)).trim();
  const keyHost = text("keyHost");
  const scopes = new Map<string, string[]>();
  for (const value of form.getAll("grant")) {
    const [resource = "", scope] = textOf(value).split(" ");
    scopes.set(resource, [...(scopes.get(resource) ?? []), ...(scope ? [scope] : [])]);
  }
  return {
    redirectHosts: text("redirectHosts")
      .split(/[\s,]+/)
      .filter(Boolean),
    loopback: form.get("loopback") === "on",
    methods: form.getAll("methods").map(String),
    ...(keyHost ? { keyHost } : {}),
    grantTypes: form.getAll("grantTypes").map(String),
    grants: [...scopes].map(([resource, each]) => ({ resource, scopes: each })),
    mostChildren: Number(text("mostChildren")),
  };
}

/** A file in place of text is nothing. */
function textOf(value: FormDataEntryValue | null): string {
  return typeof value === "string" ? value : "";
}
