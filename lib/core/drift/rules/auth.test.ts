import { driftTable } from "../testing/driftTable.ts";
import { driftAuthDowngraded } from "./auth-downgraded.ts";
import { driftAuthMethodsChanged } from "./auth-methods-changed.ts";
import { driftAuthSharedSecret } from "./auth-shared-secret.ts";
import { driftAuthUpgraded } from "./auth-upgraded.ts";
import { driftMtlsSubjectChanged } from "./mtls-subject-changed.ts";
import { driftProtectionAdded } from "./protection-added.ts";
import { driftProtectionDropped } from "./protection-dropped.ts";
import { driftSigningAlgChanged } from "./signing-alg-changed.ts";

const auth = (token_endpoint_auth_method?: string, token_endpoint_auth_methods_supported?: string[]) => ({
  token_endpoint_auth_method,
  token_endpoint_auth_methods_supported,
});
const signs = auth("private_key_jwt");
const alg = (token_endpoint_auth_signing_alg?: string) => ({ ...signs, token_endpoint_auth_signing_alg });

driftTable(driftAuthDowngraded, [
  { from: signs, to: auth("none"), is: "critical", path: "/token_endpoint_auth_method", effect: "growth" },
  { from: signs, to: auth(), is: "critical" },
  { from: auth("tls_client_auth"), to: auth("none"), is: "critical" },
  {
    from: signs,
    to: auth("private_key_jwt", ["none", "private_key_jwt"]),
    is: "critical",
    path: "/token_endpoint_auth_methods_supported",
  },
  {
    from: auth("private_key_jwt", ["none", "private_key_jwt"]),
    to: auth("none", ["none", "private_key_jwt"]),
    is: "critical",
  },
  { from: auth("none"), to: auth(), is: "" },
  { from: auth("none"), to: signs, is: "" },
]);
driftTable(driftAuthUpgraded, [
  { from: auth("none"), to: signs, is: "medium" },
  { from: auth(), to: auth(undefined, ["private_key_jwt"]), is: "medium" },
  { from: auth("none"), to: auth("client_secret_basic"), is: "" },
  { from: signs, to: signs, is: "" },
]);
driftTable(driftAuthSharedSecret, [
  { from: auth("none"), to: auth("client_secret_basic"), is: "critical" },
  {
    from: signs,
    to: auth("private_key_jwt", ["private_key_jwt", "client_secret_post"]),
    is: "critical",
    path: "/token_endpoint_auth_methods_supported",
  },
  { from: auth("client_secret_post"), to: auth("none"), is: "" },
]);
driftTable(driftAuthMethodsChanged, [
  { from: signs, to: auth("tls_client_auth"), is: "medium" },
  {
    from: signs,
    to: auth("private_key_jwt", ["private_key_jwt", "tls_client_auth"]),
    is: "medium",
    effect: "growth",
  },
  {
    from: auth("private_key_jwt", ["none", "private_key_jwt"]),
    to: signs,
    is: "medium",
    says: "no longer offers",
    effect: "shrinkage",
  },
  {
    it: "the list says what the single method said",
    from: signs,
    to: auth("private_key_jwt", ["private_key_jwt"]),
    is: "",
  },
  { from: signs, to: auth("none"), is: "" },
]);
driftTable(driftSigningAlgChanged, [
  { from: alg("RS256"), to: alg("RS256"), is: "" },
  { from: alg("RS256"), to: alg("PS256"), is: "low" },
  { from: alg("RS256"), to: alg("ES256"), is: "low" },
  { from: alg("ES256"), to: alg("ES384"), is: "low" },
  { from: alg("ES384"), to: alg("ES256"), is: "high" },
  { from: alg("ES256"), to: alg("RS256"), is: "high" },
  { from: alg("ES256"), to: alg("HS256"), is: "high" },
  { from: alg(), to: alg("none"), is: "high" },
  { from: alg(), to: alg("ES256"), is: "low" },
  { from: alg("ES256"), to: alg(), is: "medium" },
]);
const dns = (name: string) => ({ tls_client_auth_san_dns: name });
driftTable(driftMtlsSubjectChanged, [
  { from: dns("a.acme.com"), to: dns("a.acme.com"), is: "" },
  { from: dns("a.acme.com"), to: dns("b.acme.com"), is: "high" },
  {
    from: { tls_client_auth_subject_dn: "CN=a.acme.com,O=Acme" },
    to: { tls_client_auth_subject_dn: "CN=a.acme.com,O=Acme Inc" },
    is: "medium",
  },
  {
    from: { tls_client_auth_subject_dn: "CN=a.acme.com" },
    to: { tls_client_auth_subject_dn: "CN=evil.net" },
    is: "high",
  },
]);
const bound = (dpop_bound_access_tokens?: boolean) => ({ dpop_bound_access_tokens });
driftTable(driftProtectionDropped, [
  { from: bound(true), to: bound(false), is: "medium" },
  { from: bound(true), to: bound(), is: "medium" },
  { from: bound(true), to: bound(), facts: { profile: "atproto" }, is: "high" },
  { from: { require_pushed_authorization_requests: true }, is: "medium" },
  { from: { require_signed_request_object: true }, facts: { profile: "atproto" }, is: "medium" },
  { from: bound(), to: bound(false), is: "" },
]);
driftTable(driftProtectionAdded, [
  { from: bound(), to: bound(true), is: "low" },
  { from: bound(true), to: bound(true), is: "" },
]);
