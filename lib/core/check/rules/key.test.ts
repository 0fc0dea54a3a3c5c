import { certificates } from "#lib/core/keySet/testing/certificates.ts";
import { caseTable } from "../testing/caseTable.ts";
import { keyAlgMismatch } from "./key.alg-mismatch.ts";
import { keyCache } from "./key.cache.ts";
import { keyCertificate } from "./key.certificate.ts";
import { keyDuplicate } from "./key.duplicate.ts";
import { keyExample } from "./key.example.ts";
import { keyKidDuplicate } from "./key.kid-duplicate.ts";
import { keyKidGeneric } from "./key.kid-generic.ts";
import { keyKidMissing } from "./key.kid-missing.ts";
import { keyMembersMissing } from "./key.members-missing.ts";
import { keyNoneUsable } from "./key.none-usable.ts";
import { keyOperations } from "./key.operations.ts";
import { keyPointInvalid } from "./key.point-invalid.ts";
import { keyPrivateMaterial } from "./key.private-material.ts";
import { keyRoca } from "./key.roca.ts";
import { keyRotation } from "./key.rotation.ts";
import { keyRsaExponent } from "./key.rsa-exponent.ts";
import { keyRsaSize } from "./key.rsa-size.ts";
import { keySetSyntax } from "./key.set-syntax.ts";
import { keyShared } from "./key.shared.ts";
import { keySymmetric } from "./key.symmetric.ts";
import { keyUnknownType } from "./key.unknown-type.ts";
import { keyUseMissing } from "./key.use-missing.ts";

// The public keys of RFC 7517 appendix A.1 and RFC 8037 appendix A.2.
const ec = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  kid: "ec",
};
const okp = { kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" };
const modulus = (bits: number, fill = 0xab) =>
  Buffer.concat([Buffer.from([0xc1]), Buffer.alloc(bits / 8 - 2, fill), Buffer.from([0x0f])]).toString(
    "base64url",
  );
const rsa = { kty: "RSA", n: modulus(2048), e: "AQAB" };
const inline = (...keys: object[]) => ({ jwks: { keys } });
const signs = { token_endpoint_auth_method: "private_key_jwt" };

caseTable(keySetSyntax, [
  { it: "no key set", is: "" },
  { jwks: [ec], is: "" },
  { jwks: "<html>", is: "error", path: "jwks#" },
  { jwks: "{}", is: "error", says: '"keys"' },
  { jwks: '{"keys":[{"kid":"a","kid":"b"}]}', is: "error", path: "jwks#/keys/0/kid" },
  { it: "an inline set without keys", doc: { jwks: {} }, is: "error", path: "/jwks" },
]);
caseTable(keyPrivateMaterial, [
  { jwks: [ec, rsa], is: "" },
  { jwks: [ec, { ...ec, d: "x" }], is: "error", says: '"ec"', path: "jwks#/keys/1" },
  { jwks: [{ ...rsa, p: "x", q: "y", dp: "z", dq: "z", qi: "z" }], is: "error", says: "p, q, dp, dq, qi" },
  { jwks: [{ kty: "oct", k: "x" }], is: "error" },
  { jwks: [{ ...ec, oth: [] }], is: "" },
  { doc: inline({ ...ec, d: "x" }), is: "error", path: "/jwks/keys/0" },
]);
caseTable(keyNoneUsable, [
  { it: "a set alone", doc: null, jwks: [ec], is: "" },
  { it: "an empty set alone", doc: null, jwks: [], is: "error", says: "empty" },
  { it: "an empty set nobody needs", jwks: [], is: "warning" },
  { it: "an empty set", doc: signs, jwks: [], is: "error" },
  {
    it: "encryption keys only",
    doc: signs,
    jwks: [{ ...ec, use: "enc" }],
    is: "error",
    says: "verify a signature",
  },
  { it: "unusable keys only", doc: signs, jwks: [{ kty: "EC" }], is: "error" },
  { it: "one of two", doc: signs, jwks: [{ ...ec, use: "enc" }, okp], is: "" },
]);
caseTable(keySymmetric, [
  { jwks: [ec], is: "" },
  { jwks: [{ kty: "oct", k: "x" }], is: "error", says: "symmetric" },
  { jwks: [{ ...ec, alg: "HS256" }], is: "error", says: "HS256" },
  { jwks: [{ ...ec, alg: "none" }], is: "error" },
]);
caseTable(keyRsaSize, [
  { jwks: [rsa, ec], is: "" },
  { jwks: [{ ...rsa, n: modulus(1024) }], is: "error", says: "1024 bits" },
  {
    it: "2047 bits",
    jwks: [{ ...rsa, n: Buffer.alloc(256, 0x7f).toString("base64url") }],
    is: "error",
    says: "2047",
  },
  { it: "16384 bits", jwks: [{ ...rsa, n: modulus(16_384) }], is: "warning" },
]);
caseTable(keyRsaExponent, [
  { jwks: [rsa], is: "" },
  { jwks: [{ ...rsa, e: "Aw" }], is: "error", says: "exponent 3" },
  { jwks: [{ ...rsa, e: "AQ" }], is: "error" },
  { jwks: [{ ...rsa, e: "AQAA" }], is: "error", says: "65536" },
  { jwks: [{ ...rsa, e: "EQ" }], is: "warning", says: "17" },
]);
caseTable(keyRoca, [
  { jwks: [rsa], is: "" },
  {
    it: "a power of 65537",
    jwks: [
      {
        ...rsa,
        n: Buffer.from((65537n ** 125n).toString(16).padStart(502, "0"), "hex").toString("base64url"),
      },
    ],
    is: "error",
  },
]);
caseTable(keyPointInvalid, [
  { jwks: [ec, okp, rsa], is: "" },
  { jwks: [{ ...ec, y: ec.x }], is: "error", says: "does not lie" },
  { jwks: [{ ...ec, y: undefined }], is: "error", says: "missing" },
  { jwks: [{ ...okp, x: "AAAA" }], is: "error", says: "3 bytes" },
]);
caseTable(keyMembersMissing, [
  { jwks: [ec, okp, rsa], is: "" },
  { jwks: [{}, null], is: "error error", says: "no kty" },
  { jwks: [{ kty: "RSA", e: "AQAB" }], is: "error" },
  { jwks: [{ kty: "EC" }], is: "error", says: "no crv" },
]);
caseTable(keyUnknownType, [
  { jwks: [ec, okp, rsa, { kty: "AKP" }], is: "" },
  { jwks: [{ kty: "XYZ" }], is: "warning", says: "XYZ" },
  { jwks: [{ kty: "EC", crv: "brainpoolP256r1" }], is: "warning" },
]);
caseTable(keyAlgMismatch, [
  {
    jwks: [
      { ...ec, alg: "ES256" },
      { ...rsa, alg: "PS256" },
      { ...okp, alg: "EdDSA" },
    ],
    is: "",
  },
  { jwks: [{ ...ec, alg: "ECDH-ES" }], is: "" },
  { jwks: [{ ...ec, alg: "ES384" }], is: "error", says: "ES384" },
  { jwks: [{ ...ec, alg: "RS256" }], is: "error" },
  { jwks: [{ ...okp, alg: "ES256" }], is: "error" },
  {
    it: "a declared algorithm",
    doc: { ...signs, token_endpoint_auth_signing_alg: "ES256" },
    jwks: [rsa, ec],
    is: "",
  },
  {
    it: "a declared algorithm without a key",
    doc: { ...signs, token_endpoint_auth_signing_alg: "ES256" },
    jwks: [rsa],
    is: "error",
    path: "/token_endpoint_auth_signing_alg",
  },
]);
const ecOther = { ...certificates.ec.jwk, kid: "other" };
const ecJkt = "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s";

caseTable(keyKidMissing, [
  { jwks: [ec], is: "" },
  { jwks: [okp], is: "warning" },
  { jwks: [ec, okp, rsa], is: "error error", path: "jwks#/keys/1" },
  { jwks: [{ ...ec, kid: "" }], is: "warning" },
]);
caseTable(keyKidDuplicate, [
  { jwks: [ec, ecOther], is: "" },
  { jwks: [ec, { ...ecOther, kid: "ec" }], is: "error", path: "jwks#/keys/1" },
  { it: "the same key twice", jwks: [ec, ec], is: "" },
  { it: "alternatives of two types", jwks: [ec, { ...rsa, kid: "ec" }], is: "" },
  { it: "no names", jwks: [okp, rsa], is: "" },
]);
caseTable(keyKidGeneric, [
  {
    jwks: [
      { ...ec, kid: "2026-a" },
      { ...okp, kid: ecJkt },
      { ...rsa, kid: "key-2026-10" },
    ],
    is: "",
  },
  {
    jwks: [
      { ...ec, kid: "key1" },
      { ...okp, kid: "1" },
      { ...rsa, kid: "Key0" },
    ],
    is: "info info info",
  },
  { jwks: [{ ...ec, kid: "sig" }, { ...okp, kid: "default-key" }, okp], is: "info info" },
]);
caseTable(keyDuplicate, [
  { jwks: [ec, ecOther, {}, {}], is: "" },
  { jwks: [ec, { ...ec, kid: "b" }], is: "warning", says: "key 1" },
]);
caseTable(keyUseMissing, [
  { jwks: [ec, okp], is: "" },
  {
    jwks: [
      { ...ec, use: "sig" },
      { ...rsa, use: "enc" },
    ],
    is: "",
  },
  { jwks: [ec, { ...rsa, use: "enc" }], is: "warning", path: "jwks#/keys/0" },
  { jwks: [ec, { ...ecOther, use: "enc", alg: "ECDH-ES" }], is: "warning" },
]);
caseTable(keyOperations, [
  { jwks: [ec, { ...ec, key_ops: ["verify"] }, { ...ec, use: "sig", key_ops: ["verify"] }], is: "" },
  { jwks: [{ ...ec, key_ops: ["sign", "verify"] }], is: "warning", says: "sign" },
  { jwks: [{ ...ec, key_ops: "verify" }], is: "warning", says: "array" },
  { jwks: [{ ...rsa, use: "sig", key_ops: ["verify", "encrypt"] }], is: "warning", says: '"sig"' },
  { jwks: [{ ...ec, use: "enc", key_ops: ["deriveKey", "deriveBits"] }], is: "" },
]);
const days = (count: number) => count * 86_400_000;
const seen = (since: number) => ({ now: days(1000), firstSeen: new Map([[ecJkt, days(1000 - since)]]) });
caseTable(keyRotation, [
  { it: "unknown ages", jwks: [ec], is: "" },
  { it: "a young key", jwks: [ec], keyAges: seen(365), is: "" },
  { it: "an old key", jwks: [ec], keyAges: seen(400), is: "warning", says: "400 days", path: "jwks#/keys/0" },
  { it: "an old key with a successor", jwks: [ec, okp], keyAges: seen(400), is: "" },
  { it: "a stricter limit", jwks: [ec], keyAges: { ...seen(100), maximumAge: days(90) }, is: "warning" },
  { it: "another key", jwks: [okp], keyAges: seen(400), is: "" },
]);
const owned = (sameOwner: boolean, clientId = "https://other.acme.com/client.json") => ({
  otherKeyOwners: new Map([[ecJkt, { clientId, sameOwner }]]),
});
caseTable(keyShared, [
  { it: "unknown owners", jwks: [ec], is: "" },
  { it: "another client's key", jwks: [okp, ec], ...owned(false), is: "error", says: "other.acme.com" },
  { it: "another client of the same team", jwks: [ec], ...owned(true), is: "warning" },
  { it: "the client itself", jwks: [ec], ...owned(false, "https://app.acme.com/oauth/client.json"), is: "" },
]);
caseTable(keyExample, [
  { jwks: [ecOther, rsa], is: "" },
  { jwks: [ec, okp], is: "error error", says: "RFC 7517" },
]);
const certified = ({ jwk, x5c }: { jwk: object; x5c: string }, more: object = {}) => ({
  ...jwk,
  x5c: [x5c],
  ...more,
});
caseTable(keyCertificate, [
  { it: "none", jwks: [ec, { ...ec, x5c: [] }], is: "" },
  { it: "one for each key", jwks: Object.values(certificates).map((each) => certified(each)), is: "" },
  {
    it: "one for another key",
    jwks: [{ ...ec, x5c: [certificates.ec.x5c] }],
    is: "warning",
    says: "another key",
  },
  {
    it: "not a certificate",
    jwks: [
      { ...ec, x5c: ["MIIB"] },
      { ...ec, x5c: "MIIB" },
    ],
    is: "warning warning",
  },
  { it: "another thumbprint", jwks: [certified(certificates.ed, { "x5t#S256": "x" })], is: "warning" },
  {
    it: "still valid",
    jwks: [certified(certificates.ec)],
    now: Date.parse(certificates.ec.notAfter),
    is: "",
  },
  {
    it: "ended",
    jwks: [certified(certificates.ec)],
    now: Date.parse(certificates.ec.notAfter) + 1,
    is: "warning",
    says: certificates.ec.notAfter.slice(0, 10),
  },
]);
const kept = (control: string, status = 200) => ({
  keySetResponse: { status, headers: { "cache-control": control }, bytes: 1 },
});
caseTable(keyCache, [
  { it: "not fetched", jwks: [ec], is: "" },
  { it: "a day", jwks: [ec], ...kept("public, max-age=86400"), is: "" },
  { it: "a week", jwks: [ec], ...kept("max-age=604800"), is: "warning", path: "jwks#" },
  { it: "immutable", jwks: [ec], ...kept("immutable"), is: "warning" },
  { it: "a failure", jwks: [ec], ...kept("max-age=604800", 503), is: "" },
]);
