/** The grants ticked in a form: each `grant` value is a resource, or a resource and a scope with a space between. */
export function readGrants(form: FormData): { resource: string; scopes: string[] }[] {
  const grants = new Map<string, string[]>();
  for (const value of form.getAll("grant")) {
    const [resource = "", scope] = String(value).split(" ");
    const scopes = grants.get(resource) ?? [];
    grants.set(resource, scope ? [...scopes, scope] : scopes);
  }
  return [...grants].map(([resource, scopes]) => ({ resource, scopes }));
}
