import { caseTable } from "../testing/caseTable.ts";
import { documentApplicationType } from "./document.application-type.ts";
import { documentAtprotoAuthMethod } from "./document.atproto-auth-method.ts";
import { documentAtprotoClientUri } from "./document.atproto-client-uri.ts";
import { documentAtprotoDpop } from "./document.atproto-dpop.ts";
import { documentAtprotoGrantTypes } from "./document.atproto-grant-types.ts";
import { documentAtprotoResponseTypes } from "./document.atproto-response-types.ts";
import { documentAtprotoScope } from "./document.atproto-scope.ts";
import { documentAuthDowngrade } from "./document.auth-downgrade.ts";
import { documentAuthMethodMissing } from "./document.auth-method-missing.ts";
import { documentAuthMethodOneForm } from "./document.auth-method-one-form.ts";
import { documentContactMissing } from "./document.contact-missing.ts";
import { documentCouldAuthenticate } from "./document.could-authenticate.ts";
import { documentGrantResponseMismatch } from "./document.grant-response-mismatch.ts";
import { documentJwksUriCrossOrigin } from "./document.jwks-uri-cross-origin.ts";
import { documentJwksUriInsecure } from "./document.jwks-uri-insecure.ts";
import { documentLegacyGrant } from "./document.legacy-grant.ts";
import { documentNearMissMember } from "./document.near-miss-member.ts";
import { documentScopeSyntax } from "./document.scope-syntax.ts";
import { documentServerMetadata } from "./document.server-metadata.ts";
import { documentSigningAlg } from "./document.signing-alg.ts";
import { documentSoftwareStatement } from "./document.software-statement.ts";
import { documentUnknownMember } from "./document.unknown-member.ts";
import { documentUriInsecure } from "./document.uri-insecure.ts";
import { documentUriOtherSite } from "./document.uri-other-site.ts";
import { documentUriRelative } from "./document.uri-relative.ts";
import { documentUriScheme } from "./document.uri-scheme.ts";

const jwks_uri = "https://app.acme.com/jwks.json";
const method = (token_endpoint_auth_method?: string) => ({
  token_endpoint_auth_method,
  token_endpoint_auth_methods_supported: undefined,
});
const methods = (...token_endpoint_auth_methods_supported: string[]) => ({
  token_endpoint_auth_methods_supported,
});
const atprotoOnly = { ietf: "", mcp: "", atproto: "error" };
const atprotoError = { ietf: "warning", mcp: "warning", atproto: "error" };
const statement = (claims: object | string) => ({
  software_statement: `e30.${Buffer.from(typeof claims === "string" ? claims : JSON.stringify(claims)).toString("base64url")}.c2ln`,
});

caseTable(documentAuthMethodMissing, [
  { is: "" },
  { it: "no document", doc: null, is: "" },
  { doc: method(), is: atprotoError, says: "guess", path: "" },
  { doc: { ...method(), ...methods("none") }, is: { ietf: "", mcp: "", atproto: "error" } },
]);
caseTable(documentAuthMethodOneForm, [
  { is: "" },
  { doc: method(), is: "" },
  { doc: method("none"), is: { ietf: "info", mcp: "info", atproto: "" } },
  {
    doc: { ...method(), ...methods("none") },
    is: { ietf: "warning", mcp: "warning", atproto: "" },
    path: "/token_endpoint_auth_methods_supported",
  },
]);
caseTable(documentAuthDowngrade, [
  { is: "" },
  { doc: methods("none"), is: "" },
  { doc: methods("private_key_jwt", "tls_client_auth"), is: "" },
  { doc: methods("none", "private_key_jwt"), is: "warning", says: "private_key_jwt" },
]);
caseTable(documentCouldAuthenticate, [
  { it: "a native app with a claimed link", is: "" },
  { doc: { application_type: "web" }, is: "warning", path: "/token_endpoint_auth_method" },
  { doc: { application_type: undefined, ...method() }, is: "warning", path: "" },
  { doc: { application_type: "web", ...method("private_key_jwt") }, is: "" },
  { doc: { application_type: "web", ...methods("none", "private_key_jwt") }, is: "" },
  {
    doc: { application_type: "web", redirect_uris: ["https://app.acme.com/cb", "http://127.0.0.1/cb"] },
    is: "",
  },
  { doc: { application_type: "web", redirect_uris: [] }, is: "" },
  { it: "no document", doc: null, is: "" },
]);
caseTable(documentSigningAlg, [
  { is: "" },
  { doc: { ...method("private_key_jwt"), token_endpoint_auth_signing_alg: "ES256" }, is: "" },
  { doc: method("private_key_jwt"), is: atprotoError, says: "ES256" },
  {
    doc: { ...method("private_key_jwt"), token_endpoint_auth_signing_alg_values_supported: ["ES256"] },
    is: { ietf: "", mcp: "", atproto: "error" },
  },
  {
    doc: { ...method("private_key_jwt"), token_endpoint_auth_signing_alg: "HS256" },
    is: "error",
    says: "HS256",
  },
  { doc: { ...method("private_key_jwt"), token_endpoint_auth_signing_alg: "none" }, is: "error" },
  {
    doc: {
      ...method("private_key_jwt"),
      token_endpoint_auth_signing_alg: "ES256",
      token_endpoint_auth_signing_alg_values_supported: ["ES256", "HS512"],
    },
    is: "error",
    path: "/token_endpoint_auth_signing_alg_values_supported/1",
  },
  { it: "an algorithm for nothing", doc: { token_endpoint_auth_signing_alg: "ES256" }, is: atprotoOnly },
]);
caseTable(documentGrantResponseMismatch, [
  { is: "" },
  { it: "both left out", doc: { grant_types: undefined, response_types: undefined }, is: "" },
  {
    it: "a client without a redirect",
    doc: { grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"], response_types: undefined },
    is: "",
  },
  { doc: { grant_types: ["authorization_code", "implicit"], response_types: ["code id_token"] }, is: "" },
  { doc: { response_types: ["code id_token", "code"] }, is: "warning", path: "/response_types" },
  { doc: { grant_types: ["client_credentials"] }, is: "warning", says: "authorization_code" },
  { doc: { grant_types: ["implicit"], response_types: ["token"] }, is: "" },
  { doc: { response_types: [] }, is: "warning", path: "/grant_types" },
  {
    doc: { grant_types: undefined, response_types: ["token"] },
    is: "warning warning",
    path: "/response_types",
  },
  { doc: { grant_types: ["authorization_code", "implicit"] }, is: "warning", says: "no response type" },
]);
caseTable(documentLegacyGrant, [
  { is: "" },
  { doc: { grant_types: undefined }, is: "" },
  { doc: { grant_types: ["authorization_code", "password"] }, is: "error", path: "/grant_types/1" },
  { doc: { grant_types: ["implicit"] }, is: "warning" },
]);
caseTable(documentApplicationType, [
  { is: "" },
  { it: "left out, web only", doc: { application_type: undefined }, is: "" },
  { doc: { redirect_uris: ["http://127.0.0.1/cb", "com.acme.app:/cb"] }, is: "" },
  { doc: { application_type: undefined, redirect_uris: ["http://[::1]/cb"] }, is: atprotoError, path: "" },
  { doc: { application_type: "web", redirect_uris: ["com.acme.app:/cb"] }, is: atprotoError, says: "an app" },
  { doc: { application_type: "Native" }, is: "error", path: "/application_type" },
  { it: "a value of the wrong type, found elsewhere", doc: { application_type: 5 }, is: "" },
]);
caseTable(documentScopeSyntax, [
  { is: "" },
  { doc: { scope: undefined }, is: "" },
  { doc: { scope: "" }, is: "" },
  { doc: { scope: "atproto transition:generic https://api.acme.com/read" }, is: "" },
  { doc: { scope: "atproto  openid" }, is: "warning", says: "blank" },
  { doc: { scope: "atproto\topenid" }, is: "warning", says: "\\u0009" },
  { doc: { scope: 'atproto "openid"' }, is: "warning" },
  { doc: { scope: "openid atproto openid" }, is: "warning", says: "more than once" },
  {
    doc: { scope: "mail:* files:*" },
    is: { ietf: "warning", mcp: "warning", atproto: "info" },
    says: "1 more",
  },
  { it: "wildcards of the atproto syntax", doc: { scope: "atproto repo:* blob:*/*" }, is: "info" },
]);
caseTable(documentUriScheme, [
  { is: "" },
  { doc: { logo_uri: "http://app.acme.com/logo.png" }, is: "" },
  { doc: { policy_uri: "javascript:alert(1)" }, is: "error", path: "/policy_uri" },
  { doc: { "policy_uri#de": " JavaScript:alert(1)" }, is: "error", path: "/policy_uri#de" },
  { doc: { logo_uri: "data:image/png;base64,AA" }, is: "warning" },
  { doc: { client_uri: "file:///etc/passwd" }, is: "error" },
  { it: "other members", doc: { initiate_login_uri: "acme:/x" }, is: "" },
]);
caseTable(documentUriInsecure, [
  { doc: { logo_uri: "https://app.acme.com/logo.png" }, is: "" },
  { doc: { logo_uri: "http://app.acme.com/logo.png" }, is: atprotoError, path: "/logo_uri" },
]);
caseTable(documentUriOtherSite, [
  { doc: { client_uri: "https://app.acme.com/", logo_uri: "https://cdn.acme.com/logo.png" }, is: "" },
  { doc: { logo_uri: "https://www.bigbank.com/logo.png" }, is: "warning", says: "bigbank.com" },
  { url: "https://neroil.github.io/c", doc: { client_uri: "https://mallory.github.io/" }, is: "warning" },
  { doc: { logo_uri: "data:," }, is: "" },
]);
caseTable(documentUriRelative, [
  { doc: { logo_uri: "https://app.acme.com/logo.png" }, is: "" },
  { doc: { logo_uri: "/logo.png", "tos_uri#fr": "tos.html" }, is: "warning warning", path: "/logo_uri" },
  { doc: { client_uri: "" }, is: "warning", says: "empty" },
  { doc: { initiate_login_uri: "//app.acme.com/login" }, is: "warning" },
]);
caseTable(documentJwksUriInsecure, [
  { is: "" },
  { doc: { jwks_uri }, is: "" },
  { doc: { jwks_uri: "http://app.acme.com/jwks.json" }, is: "error", path: "/jwks_uri" },
  { doc: { jwks_uri: "/jwks.json" }, is: "error" },
]);
caseTable(documentJwksUriCrossOrigin, [
  { doc: { jwks_uri }, is: "" },
  { doc: { jwks_uri: "https://app.acme.com:443/jwks.json" }, is: "" },
  { doc: { jwks_uri: "https://keys.acme.net/jwks.json" }, is: "warning", says: "keys.acme.net" },
  { doc: { jwks_uri: "https://app.acme.com:8443/jwks.json" }, is: "warning" },
]);
caseTable(documentNearMissMember, [
  { is: "" },
  { doc: { "client_name#ja": "x", tls_client_auth_san_ip: "x", "@context": "x", client_idea: "x" }, is: "" },
  { doc: { redirect_uri: "x" }, is: "warning", says: "redirect_uris", path: "/redirect_uri" },
  { doc: { redirect_uris_OLD: [], redirectUris: [], "client-name": "x" }, is: "warning warning warning" },
  { doc: { token_endpoint_auth_methods: [], contact: "x", grant_tpyes: [] }, is: "warning warning warning" },
  { doc: { ["x".repeat(5000)]: 1 }, is: "" },
]);
caseTable(documentServerMetadata, [
  { is: "" },
  { doc: { code_challenge_methods_supported: ["S256"] }, is: "info", says: "describes" },
  {
    doc: { issuer: "https://app.acme.com", scopes_supported: [] },
    is: "warning",
    says: "issuer, scopes_supported",
  },
]);
caseTable(documentUnknownMember, [
  {
    it: "no other than registered",
    doc: { software_id: "x", "tos_uri#de": "https://app.acme.com/" },
    is: "",
  },
  { doc: { x_team: 1, $schema: "x" }, is: "info", says: '"x_team", "$schema"' },
  {
    doc: Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`x_${at}`, at])),
    is: "info",
    says: "2 more",
  },
  { it: "names other checks report", doc: { issuer: "x", redirect_uri: "x" }, is: "" },
]);
caseTable(documentSoftwareStatement, [
  { is: "" },
  { doc: statement({ software_id: "x" }), is: "warning", says: "not verified" },
  { doc: { software_statement: 5 }, is: "warning", says: "not a signed JWT" },
  { doc: { software_statement: "a.b" }, is: "warning", says: "not a signed JWT" },
  { doc: statement("[]"), is: "warning", says: "not a signed JWT" },
  { doc: statement({ client_secret: "s3cret" }), is: "warning error" },
  { doc: statement({ client_secret: null }), is: "warning warning" },
  { doc: statement({ token_endpoint_auth_method: "client_secret_post" }), is: "warning error" },
  { doc: statement({ jwks: { keys: [{ kty: "EC", d: "secret" }] } }), is: "warning error" },
]);
caseTable(documentContactMissing, [
  { is: "" },
  {
    doc: { contacts: [], software_version: undefined },
    is: "info",
    says: "no contacts and no software_version",
  },
  { doc: { software_version: undefined }, is: "info", says: "software_version" },
  { it: "no document", doc: null, is: "" },
]);
caseTable(documentAtprotoScope, [
  { is: "" },
  { doc: { scope: "openid" }, is: atprotoOnly, path: "/scope" },
  { doc: { scope: "atproto:x" }, is: atprotoOnly },
  { doc: { scope: undefined }, is: atprotoOnly, path: "" },
  { it: "no document", doc: null, is: "" },
]);
caseTable(documentAtprotoDpop, [
  { is: "" },
  { doc: { dpop_bound_access_tokens: undefined }, is: atprotoOnly, path: "" },
  { doc: { dpop_bound_access_tokens: "true" }, is: atprotoOnly, path: "/dpop_bound_access_tokens" },
]);
caseTable(documentAtprotoAuthMethod, [
  { is: "" },
  { doc: { application_type: "web", ...method("private_key_jwt") }, is: "" },
  { it: "left out, found elsewhere", doc: method(), is: "" },
  { doc: method("private_key_jwt"), is: atprotoOnly, says: "native" },
  {
    doc: { application_type: "web", ...method("tls_client_auth") },
    is: atprotoOnly,
    says: "tls_client_auth",
  },
]);
caseTable(documentAtprotoGrantTypes, [
  { is: "" },
  { doc: { grant_types: ["authorization_code"] }, is: "" },
  { doc: { grant_types: undefined }, is: atprotoOnly, path: "" },
  { doc: { grant_types: ["refresh_token"] }, is: atprotoOnly, path: "/grant_types" },
  {
    doc: { grant_types: ["authorization_code", "client_credentials"] },
    is: atprotoOnly,
    says: "client_credentials",
  },
]);
caseTable(documentAtprotoResponseTypes, [
  { is: "" },
  { doc: { response_types: undefined }, is: atprotoOnly, path: "" },
  { doc: { response_types: ["code id_token"] }, is: atprotoOnly, path: "/response_types" },
]);
caseTable(documentAtprotoClientUri, [
  { is: "" },
  { doc: { client_uri: "https://app.acme.com" }, is: "" },
  { doc: { client_uri: "https://www.acme.com/" }, is: atprotoOnly, path: "/client_uri" },
  { doc: { client_uri: "http://app.acme.com/" }, is: atprotoOnly },
]);
