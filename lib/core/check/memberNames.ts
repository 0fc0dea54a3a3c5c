const words = (text: string) => text.trim().split(/\s+/);

/** Members whose misspelling changes who gets a code or how the client is known. */
export const tellingMembers: readonly string[] = words(`
  client_id client_name redirect_uris token_endpoint_auth_method token_endpoint_auth_methods_supported
  token_endpoint_auth_signing_alg grant_types response_types application_type scope jwks jwks_uri client_uri logo_uri
  tos_uri policy_uri contacts software_statement dpop_bound_access_tokens
`);

/**
 * Names with a meaning in a client's document: the IANA registry "OAuth Dynamic Client Registration Metadata",
 * OpenID Connect RP Metadata Choices 1.0, CIBA, JARM, RFC 7591 §3.1.1, SPIFFE client authentication, ID-JAG, JSON-LD.
 */
export const clientMembers: ReadonlySet<string> = new Set([
  ...tellingMembers,
  ...words(`
    software_id software_version client_secret client_id_issued_at client_secret_expires_at registration_access_token
    registration_client_uri sector_identifier_uri subject_type id_token_signed_response_alg
    id_token_encrypted_response_alg id_token_encrypted_response_enc userinfo_signed_response_alg
    userinfo_encrypted_response_alg userinfo_encrypted_response_enc request_object_signing_alg
    request_object_encryption_alg request_object_encryption_enc default_max_age require_auth_time default_acr_values
    initiate_login_uri request_uris claims_redirect_uris nfv_token_signed_response_alg nfv_token_encrypted_response_alg
    nfv_token_encrypted_response_enc tls_client_certificate_bound_access_tokens tls_client_auth_subject_dn
    tls_client_auth_san_dns tls_client_auth_san_uri tls_client_auth_san_ip tls_client_auth_san_email
    require_signed_request_object require_pushed_authorization_requests introspection_signed_response_alg
    introspection_encrypted_response_alg introspection_encrypted_response_enc frontchannel_logout_uri
    frontchannel_logout_session_required backchannel_logout_uri backchannel_logout_session_required
    post_logout_redirect_uris authorization_details_types client_registration_types signed_jwks_uri organization_name
    description keywords information_uri organization_uri use_mtls_endpoint_aliases
    encrypted_response_enc_values_supported vp_formats_supported subject_types_supported
    id_token_signing_alg_values_supported id_token_encryption_alg_values_supported
    id_token_encryption_enc_values_supported userinfo_signing_alg_values_supported
    userinfo_encryption_alg_values_supported userinfo_encryption_enc_values_supported
    request_object_signing_alg_values_supported request_object_encryption_alg_values_supported
    request_object_encryption_enc_values_supported token_endpoint_auth_signing_alg_values_supported
    backchannel_authentication_request_signing_alg_values_supported authorization_signing_alg_values_supported
    authorization_encryption_alg_values_supported authorization_encryption_enc_values_supported
    introspection_signing_alg_values_supported introspection_encryption_alg_values_supported
    introspection_encryption_enc_values_supported backchannel_token_delivery_mode
    backchannel_client_notification_endpoint backchannel_authentication_request_signing_alg
    backchannel_user_code_parameter authorization_signed_response_alg authorization_encrypted_response_alg
    authorization_encrypted_response_enc spiffe_id spiffe_bundle_endpoint authorization_grant_profiles_supported
    @context @id @type
  `),
]);

/** Names that describe an authorization server (RFC 8414 §2, OpenID Connect Discovery 1.0 §3) and mean nothing here. */
export const serverMembers: ReadonlySet<string> = new Set(
  words(`
    issuer authorization_endpoint token_endpoint registration_endpoint userinfo_endpoint revocation_endpoint
    introspection_endpoint end_session_endpoint check_session_iframe device_authorization_endpoint
    pushed_authorization_request_endpoint backchannel_authentication_endpoint mtls_endpoint_aliases scopes_supported
    response_types_supported response_modes_supported grant_types_supported code_challenge_methods_supported
    acr_values_supported display_values_supported claim_types_supported claims_supported claims_locales_supported
    ui_locales_supported claims_parameter_supported request_parameter_supported request_uri_parameter_supported
    require_request_uri_registration service_documentation op_policy_uri op_tos_uri
    revocation_endpoint_auth_methods_supported introspection_endpoint_auth_methods_supported
    dpop_signing_alg_values_supported authorization_response_iss_parameter_supported protected_resources
    client_id_metadata_document_supported authorization_details_types_supported prompt_values_supported
    tls_client_certificate_bound_access_tokens_supported
  `),
);
