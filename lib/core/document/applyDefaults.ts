import type { EffectiveMetadata } from "./EffectiveMetadata.ts";
import { isObject } from "./isObject.ts";

const textMembers = [
  "client_id",
  "client_name",
  "client_uri",
  "logo_uri",
  "tos_uri",
  "policy_uri",
  "token_endpoint_auth_signing_alg",
  "jwks_uri",
  "software_id",
  "software_version",
] as const;

const known = new Set<string>([
  ...textMembers,
  "contacts",
  "redirect_uris",
  "grant_types",
  "response_types",
  "application_type",
  "scope",
  "token_endpoint_auth_method",
  "token_endpoint_auth_methods_supported",
  "jwks",
]);

/** What the members of a document mean once defaults are applied. Members of the wrong type count as absent. */
export function applyDefaults(members: Readonly<Record<string, unknown>>): EffectiveMetadata {
  const texts: Partial<Record<(typeof textMembers)[number], string>> = {};
  for (const name of textMembers) {
    const value = members[name];
    if (typeof value === "string") texts[name] = value;
  }
  const { token_endpoint_auth_method: method, scope, application_type } = members;
  const listed = strings(members["token_endpoint_auth_methods_supported"]);
  const chosen = typeof method === "string" ? method : undefined;
  return {
    ...texts,
    contacts: strings(members["contacts"]) ?? [],
    redirect_uris: strings(members["redirect_uris"]) ?? [],
    grant_types: strings(members["grant_types"]) ?? ["authorization_code"],
    response_types: strings(members["response_types"]) ?? ["code"],
    application_type: typeof application_type === "string" ? application_type : "web",
    scope: typeof scope === "string" ? scope.split(" ").filter((token) => token !== "") : [],
    token_endpoint_auth_method: chosen ?? strongest(listed),
    token_endpoint_auth_methods_supported: listed ?? [chosen ?? "none"],
    ...(isObject(members["jwks"]) ? { jwks: members["jwks"] } : {}),
    other: othersOf(members),
  };
}

// draft -03 §6: with a list present, a missing single method is not `none`.
function strongest(listed: readonly string[] | undefined): string {
  return (
    listed?.find((method) => method === "private_key_jwt") ??
    listed?.find((method) => method !== "none") ??
    "none"
  );
}

function strings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : undefined;
}

function othersOf(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(members)
      .filter((name) => !known.has(name))
      .map((name) => [name, members[name]]),
  );
}
