/**
 * What a document means once defaults are applied (RFC 7591 §2, draft -03 §6: no method named means `none`).
 * Members of the wrong type are left out here and reported by the checks; unknown members are kept in `other`.
 */
export interface EffectiveMetadata {
  readonly client_id?: string;
  readonly client_name?: string;
  readonly client_uri?: string;
  readonly logo_uri?: string;
  readonly tos_uri?: string;
  readonly policy_uri?: string;
  readonly contacts: readonly string[];
  readonly redirect_uris: readonly string[];
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly application_type: string;
  readonly scope: readonly string[];
  readonly token_endpoint_auth_method: string;
  readonly token_endpoint_auth_methods_supported: readonly string[];
  readonly token_endpoint_auth_signing_alg?: string;
  readonly jwks?: unknown;
  readonly jwks_uri?: string;
  readonly software_id?: string;
  readonly software_version?: string;
  /** Every other member, as it came. */
  readonly other: Readonly<Record<string, unknown>>;
}
