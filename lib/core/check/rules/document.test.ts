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
import { documentAuthMethodNotListed } from "./document.auth-method-not-listed.ts";
import { documentAuthMethodOneForm } from "./document.auth-method-one-form.ts";
import { documentBom } from "./document.bom.ts";
import { documentClientIdMismatch } from "./document.client-id-mismatch.ts";
import { documentClientIdMissing } from "./document.client-id-missing.ts";
import { documentClientName } from "./document.client-name.ts";
import { documentContactMissing } from "./document.contact-missing.ts";
import { documentCouldAuthenticate } from "./document.could-authenticate.ts";
import { documentDuplicateMember } from "./document.duplicate-member.ts";
import { documentGrantResponseMismatch } from "./document.grant-response-mismatch.ts";
import { documentJwksAndJwksUri } from "./document.jwks-and-jwks-uri.ts";
import { documentJwksUriCrossOrigin } from "./document.jwks-uri-cross-origin.ts";
import { documentJwksUriInsecure } from "./document.jwks-uri-insecure.ts";
import { documentKeysMissing } from "./document.keys-missing.ts";
import { documentLegacyGrant } from "./document.legacy-grant.ts";
import { documentMemberType } from "./document.member-type.ts";
import { documentNearMissMember } from "./document.near-miss-member.ts";
import { documentPrivateMaterial } from "./document.private-material.ts";
import { documentRedirectUrisMissing } from "./document.redirect-uris-missing.ts";
import { documentScopeSyntax } from "./document.scope-syntax.ts";
import { documentSecret } from "./document.secret.ts";
import { documentServerMetadata } from "./document.server-metadata.ts";
import { documentSigningAlg } from "./document.signing-alg.ts";
import { documentSoftwareStatement } from "./document.software-statement.ts";
import { documentSpecialAddress } from "./document.special-address.ts";
import { documentSymmetricAuth } from "./document.symmetric-auth.ts";
import { documentSyntax } from "./document.syntax.ts";
import { documentUnknownMember } from "./document.unknown-member.ts";
import { documentUriInsecure } from "./document.uri-insecure.ts";
import { documentUriOtherSite } from "./document.uri-other-site.ts";
import { documentUriRelative } from "./document.uri-relative.ts";
import { documentUriScheme } from "./document.uri-scheme.ts";

const jwks = { keys: [] };
const jwks_uri = "https://app.acme.com/jwks.json";
const loneSurrogate = '{"a":"\\ud800"}';

caseTable(documentSyntax, [
  { is: "" },
  { it: "no document", doc: null, is: "" },
  { doc: "<!doctype html>", is: "error", says: "not JSON" },
  { doc: "[]", is: "error", says: "an array" },
  { doc: loneSurrogate, is: "error", path: "/a" },
  { doc: '{"a":1e999}', is: "error" },
  { it: "Latin-1", doc: new Uint8Array([0x7b, 0xe9, 0x7d]), is: "error", says: "UTF-8" },
  { it: "deep nesting", doc: `${"[".repeat(40)}${"]".repeat(40)}`, is: "error" },
  { it: "a byte order mark alone", doc: "\ufeff{}", is: "" },
]);
caseTable(documentBom, [{ is: "" }, { it: "a byte order mark", doc: "\ufeff{}", is: "warning" }]);
caseTable(documentDuplicateMember, [
  { is: "" },
  { doc: '{"client_id":"a","client_id":"b"}', is: "error", says: "client_id", path: "/client_id" },
  { doc: '{"jwks":{"keys":[{"kid":"a","kid":"b"}]}}', is: "error", path: "/jwks/keys/0/kid" },
]);
caseTable(documentSpecialAddress, [
  { doc: { logo_uri: "https://cdn.acme.com/logo.png" }, is: "" },
  { doc: { redirect_uris: ["http://localhost/cb"] }, is: "" },
  { doc: { logo_uri: "http://localhost:3000/logo.png" }, is: "error", says: "localhost", path: "/logo_uri" },
  { doc: { jwks_uri: "https://10.0.0.1/jwks" }, is: "error" },
  { doc: { jwks_uri: "https://[::1]/jwks" }, is: "error" },
  { doc: { client_uri: "https://intranet/" }, is: "warning" },
  {
    it: "a name that resolves inside",
    doc: { jwks_uri },
    addresses: { "app.acme.com": ["10.1.2.3"] },
    is: "error",
    says: "10.1.2.3",
  },
]);
caseTable(documentClientIdMissing, [
  { is: "" },
  { doc: { client_id: undefined }, is: "error", path: "" },
  { doc: { client_id: 5 }, is: "error", path: "/client_id" },
]);
caseTable(documentClientIdMismatch, [
  { is: "" },
  { doc: { client_id: undefined }, is: "" },
  { doc: { client_id: "https://app.acme.com/oauth/client.json/" }, is: "error" },
  {
    url: "https://Neroil.github.io/x",
    doc: { client_id: "https://neroil.github.io/x" },
    is: "error",
    says: "Neroil",
  },
  { doc: { client_id: "\u202Ehttps://x" }, is: "error", says: "\\u202E" },
]);
caseTable(documentSecret, [
  { is: "" },
  { doc: { client_secret: "s3cret" }, is: "error", path: "/client_secret" },
  { doc: { client_secret_expires_at: 0 }, is: "error" },
  { doc: { registration_access_token: "x", client_secret: "y" }, is: "error error" },
  { doc: { client_secret: null }, is: "warning" },
  { doc: { client_secret: "" }, is: "warning" },
]);
caseTable(documentSymmetricAuth, [
  { is: "" },
  { doc: { token_endpoint_auth_method: "private_key_jwt" }, is: "" },
  { doc: { token_endpoint_auth_method: "client_secret_basic" }, is: "error", says: "client_secret_basic" },
  {
    doc: { token_endpoint_auth_methods_supported: ["none", "client_secret_jwt"] },
    is: "error",
    path: "/token_endpoint_auth_methods_supported/1",
  },
]);
caseTable(documentPrivateMaterial, [
  { is: "" },
  { doc: { key: { kty: "EC", crv: "P-256", d: "secret" } }, is: "error", path: "/key", says: "d" },
  { doc: { x: [{ y: { kty: "oct", k: "secret" } }] }, is: "error", path: "/x/0/y" },
  { doc: { note: "-----BEGIN RSA PRIVATE KEY-----\nMII" }, is: "error" },
  { doc: { note: "-----BEGIN PUBLIC KEY-----" }, is: "" },
  {
    it: "an inline key set, which has its own check",
    doc: { jwks: { keys: [{ kty: "EC", d: "secret" }] } },
    is: "",
  },
]);
caseTable(documentClientName, [
  { is: "" },
  { it: "no document", doc: null, is: "" },
  { doc: { client_name: undefined }, is: { ietf: "warning", mcp: "error", atproto: "info" } },
  { doc: { client_name: "" }, is: { ietf: "warning", mcp: "error" }, path: "/client_name" },
  { doc: { client_name: 5 }, is: { ietf: "warning", mcp: "error" } },
  {
    it: "257 bytes",
    doc: { client_name: "ö".repeat(129) },
    is: { ietf: "warning", mcp: "error" },
    says: "258",
  },
  { doc: { client_name: "Acme\u202Egpj" }, is: { ietf: "warning", mcp: "error" }, says: "\\u202E" },
]);
caseTable(documentRedirectUrisMissing, [
  { is: "" },
  { doc: { redirect_uris: undefined }, is: "error", path: "" },
  { doc: { redirect_uris: undefined, grant_types: undefined }, is: "error" },
  { doc: { redirect_uris: [] }, is: "error", says: "empty" },
  { doc: { redirect_uris: "https://app.acme.com/cb" }, is: "error", says: "not an array" },
  { doc: { redirect_uris: ["https://app.acme.com/cb", 5] }, is: "error" },
  {
    doc: { redirect_uris: undefined, grant_types: ["urn:ietf:params:oauth:grant-type:jwt-bearer"] },
    is: { ietf: "", mcp: "error", atproto: "error" },
  },
]);
caseTable(documentAuthMethodNotListed, [
  { is: "" },
  { doc: { token_endpoint_auth_methods_supported: ["none", "private_key_jwt"] }, is: "" },
  { doc: { token_endpoint_auth_methods_supported: ["private_key_jwt"] }, is: "warning", says: '"none"' },
]);
caseTable(documentKeysMissing, [
  { is: "" },
  { doc: { token_endpoint_auth_method: "private_key_jwt", jwks_uri }, is: "" },
  { doc: { token_endpoint_auth_method: "private_key_jwt", jwks }, is: "" },
  { doc: { token_endpoint_auth_method: "private_key_jwt" }, is: "error", says: "private_key_jwt" },
  { doc: { token_endpoint_auth_method: "self_signed_tls_client_auth" }, is: "error" },
  {
    doc: {
      token_endpoint_auth_method: undefined,
      token_endpoint_auth_methods_supported: ["none", "private_key_jwt"],
    },
    is: "error",
    path: "/token_endpoint_auth_methods_supported",
  },
  { doc: { token_endpoint_auth_method: "tls_client_auth" }, is: "error", says: "exactly one" },
  { doc: { token_endpoint_auth_method: "tls_client_auth", tls_client_auth_san_dns: "a" }, is: "" },
  {
    doc: {
      token_endpoint_auth_method: "tls_client_auth",
      tls_client_auth_san_dns: "a",
      tls_client_auth_san_ip: "b",
    },
    is: "error",
  },
]);
caseTable(documentJwksAndJwksUri, [
  { doc: { jwks_uri }, is: "" },
  { doc: { jwks, jwks_uri }, is: "error", path: "/jwks" },
]);
caseTable(documentMemberType, [
  { is: "" },
  { doc: { grant_types: "authorization_code" }, is: "error", path: "/grant_types" },
  { doc: { scope: ["a", "b"] }, is: "error" },
  { doc: { jwks: "{}" }, is: "error" },
  { doc: { contacts: "me@acme.com", logo_uri: 5 }, is: "warning warning" },
]);
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
