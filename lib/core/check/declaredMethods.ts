import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";

/** Every client authentication method a document names, singular and list together; `none` when it names none. */
export function declaredMethods(metadata: EffectiveMetadata | undefined): readonly string[] {
  if (metadata === undefined) return [];
  return [
    ...new Set([metadata.token_endpoint_auth_method, ...metadata.token_endpoint_auth_methods_supported]),
  ];
}
