/**
 * What a server asked its allowlist about one client, without anything of an end user. Loopback ports are written as 0,
 * scopes sorted. Members that the server did not know are absent.
 */
export interface SightingShape {
  readonly redirect_uri?: string;
  readonly token_endpoint_auth_method?: string;
  readonly grant_type?: string;
  readonly resource?: readonly string[];
  readonly scopes?: readonly string[];
  /** Thumbprint of the key that verified the client assertion; null: authenticated without a key. */
  readonly jkt?: string | null;
  /** base64url SHA-256 of the document the server fetched. */
  readonly document_sha256?: string;
}
