import { caseTable } from "../testing/caseTable.ts";
import { documentAuthMethodNotListed } from "./document.auth-method-not-listed.ts";
import { documentBom } from "./document.bom.ts";
import { documentClientIdMismatch } from "./document.client-id-mismatch.ts";
import { documentClientIdMissing } from "./document.client-id-missing.ts";
import { documentClientName } from "./document.client-name.ts";
import { documentDuplicateMember } from "./document.duplicate-member.ts";
import { documentJwksAndJwksUri } from "./document.jwks-and-jwks-uri.ts";
import { documentKeysMissing } from "./document.keys-missing.ts";
import { documentMemberType } from "./document.member-type.ts";
import { documentPrivateMaterial } from "./document.private-material.ts";
import { documentRedirectUrisMissing } from "./document.redirect-uris-missing.ts";
import { documentSecret } from "./document.secret.ts";
import { documentSpecialAddress } from "./document.special-address.ts";
import { documentSymmetricAuth } from "./document.symmetric-auth.ts";
import { documentSyntax } from "./document.syntax.ts";

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
  {
    it: "a name that resolves inside, where the operator opened that",
    doc: { jwks_uri },
    addresses: { "app.acme.com": ["10.1.2.3"] },
    openedAddresses: ["10.1.2.3"],
    is: "",
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
