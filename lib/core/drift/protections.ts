/** Members that a client sets to true to be better protected. */
export const protections = [
  { name: "dpop_bound_access_tokens", words: "tokens bound to its key" },
  { name: "require_signed_request_object", words: "signed requests" },
  { name: "require_pushed_authorization_requests", words: "requests that are pushed first" },
  { name: "tls_client_certificate_bound_access_tokens", words: "tokens bound to its certificate" },
] as const;
