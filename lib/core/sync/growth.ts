import type { EffectiveMetadata } from "../document/EffectiveMetadata.ts";
import type { ParsedKey } from "../document/ParsedKeySet.ts";

export interface Observed {
  readonly metadata: EffectiveMetadata;
  readonly keys: readonly ParsedKey[];
}

/**
 * What the live document has that the approved one has not, in words: growth waits for a person.
 * What it lost is not growth: it leaves the allowlist at once through the intersection.
 */
export function growth(approved: Observed, live: Observed): string[] {
  const a = approved.metadata;
  const l = live.metadata;
  const gained = (word: string, before: readonly string[], after: readonly string[]) =>
    after.filter((value) => !before.includes(value)).map((value) => `${word} ${value}`);
  const changed = (member: string, before: unknown, after: unknown) =>
    JSON.stringify(before ?? null) === JSON.stringify(after ?? null)
      ? []
      : [`${member} changed from ${text(before)} to ${text(after)}`];
  return [
    ...gained("redirect_uris gained", a.redirect_uris, l.redirect_uris),
    ...gained("grant_types gained", a.grant_types, l.grant_types),
    ...gained("response_types gained", a.response_types, l.response_types),
    ...gained("scope gained", a.scope, l.scope),
    ...gained("a key was added:", thumbprints(approved), thumbprints(live)),
    ...gained(
      "token_endpoint_auth_methods_supported gained",
      a.token_endpoint_auth_methods_supported,
      l.token_endpoint_auth_methods_supported,
    ),
    ...changed("token_endpoint_auth_method", a.token_endpoint_auth_method, l.token_endpoint_auth_method),
    ...changed("jwks_uri", a.jwks_uri, l.jwks_uri),
    ...changed("application_type", a.application_type, l.application_type),
    ...changed("client_name", a.client_name, l.client_name),
    ...changed("client_uri", a.client_uri, l.client_uri),
    ...changed("logo_uri", a.logo_uri, l.logo_uri),
    ...changed("software_id", a.software_id, l.software_id),
  ];
}

function thumbprints(observed: Observed): string[] {
  return observed.keys.flatMap((key) => (key.jkt ? [key.jkt] : []));
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : typeof value === "string" ? value : JSON.stringify(value);
}
