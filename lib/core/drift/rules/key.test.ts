import { certificates } from "#lib/core/keySet/testing/certificates.ts";
import { thumbprint } from "#lib/core/keySet/thumbprint.ts";
import { day } from "#lib/core/Instant.ts";
import { driftTable, key, withKeys } from "../testing/driftTable.ts";
import { driftJwksUriChanged } from "./jwks-uri-changed.ts";
import { driftKeyAdded } from "./key-added.ts";
import { driftKeyCertificateRenewed } from "./key-certificate-renewed.ts";
import { driftKeyDetailsChanged } from "./key-details-changed.ts";
import { driftKeyHardCutover } from "./key-hard-cutover.ts";
import { driftKeyPrivatePublished } from "./key-private-published.ts";
import { driftKeyRemovedEarly } from "./key-removed-early.ts";
import { driftKeyRenamed } from "./key-renamed.ts";
import { driftKeyRetired } from "./key-retired.ts";
import { driftKeyReturned } from "./key-returned.ts";
import { driftKeySameKidReplaced } from "./key-same-kid-replaced.ts";
import { driftKeySetEmptied } from "./key-set-emptied.ts";
import { driftKeySetUnreadable } from "./key-set-unreadable.ts";
import { driftKeyShared } from "./key-shared.ts";
import { driftKeySourceChanged } from "./key-source-changed.ts";
import { driftKeyTooMany } from "./key-too-many.ts";
import { driftKeyWeakened } from "./key-weakened.ts";

const doc = { from: withKeys, to: withKeys };
const a = key("a");
const b = key("b");
const c = key("c");
const jkt = ({ x }: { x: string }) => thumbprint({ kty: "EC", crv: "P-256", x, y: x }) ?? "";
const seen = (of: { x: string }, firstDay: number, lastDay: number) => ({
  jkt: jkt(of),
  firstSeen: firstDay * day,
  lastSeen: lastDay * day,
});
const rsa = (name: string, bits: number) => ({
  kty: "RSA",
  kid: name,
  e: "AQAB",
  n: Buffer.from([...Array(bits / 8)].map((_, at) => (at === 0 ? 200 : name.charCodeAt(0)))).toString(
    "base64url",
  ),
});

driftTable(driftKeyAdded, [
  { ...doc, keys: [[a], [a]], is: "" },
  { ...doc, keys: [[a], [a, b]], is: "low", path: "jwks#/keys/1", says: jkt(b), effect: "growth" },
  { ...doc, keys: [[a], [a, b]], facts: { announced: [jkt(b)] }, is: "low", says: "announced it" },
  { ...doc, keys: [[a], [a, b]], facts: { announced: [] }, is: "low", says: "did not announce" },
  {
    it: "inline",
    from: { jwks: { keys: [a] } },
    to: { jwks: { keys: [a, b] } },
    is: "low",
    path: "/jwks/keys/1",
  },
  {
    it: "its place in the set does not matter",
    ...doc,
    keys: [
      [a, b],
      [b, a],
    ],
    is: "",
  },
  { it: "keys that encrypt do not count", ...doc, keys: [[a], [a, key("b", { use: "enc" })]], is: "" },
  { it: "hard cutover is told apart", ...doc, keys: [[a], [b]], is: "" },
  { it: "keys that were not given", ...doc, is: "" },
]);
driftTable(driftKeyRetired, [
  {
    it: "its successor was there",
    ...doc,
    keys: [[a, b], [b]],
    is: "low",
    says: jkt(a),
    effect: "shrinkage",
  },
  {
    it: "long enough",
    ...doc,
    keys: [[a, b], [b]],
    facts: { timeline: [seen(a, 0, 20), seen(b, 10, 21)] },
    is: "low",
  },
  {
    it: "too early",
    ...doc,
    keys: [[a, b], [b]],
    facts: { timeline: [seen(a, 0, 11), seen(b, 10, 21)] },
    is: "",
  },
  {
    it: "both were there between the two sets",
    ...doc,
    keys: [[a], [b]],
    facts: { timeline: [seen(a, 0, 20), seen(b, 10, 21)] },
    is: "low",
  },
  {
    ...doc,
    keys: [
      [a, b],
      [a, b],
    ],
    is: "",
  },
  { it: "the method needs none", from: { jwks: { keys: [a] } }, to: { jwks: { keys: [] } }, is: "low" },
]);
driftTable(driftKeyRemovedEarly, [
  { it: "no timeline", ...doc, keys: [[a, b], [b]], is: "" },
  {
    it: "one day",
    ...doc,
    keys: [[a, b], [b]],
    facts: { timeline: [seen(a, 0, 11), seen(b, 10, 21)] },
    is: "high",
    says: "24 hours instead of 7 days",
  },
  {
    it: "a shorter overlap is agreed",
    ...doc,
    keys: [[a, b], [b]],
    facts: { overlap: day, timeline: [seen(a, 0, 11), seen(b, 10, 21)] },
    is: "",
  },
  {
    it: "between the two sets",
    ...doc,
    keys: [[a], [b]],
    facts: { timeline: [seen(a, 0, 11), seen(b, 10, 21)] },
    is: "high",
  },
]);
driftTable(driftKeyHardCutover, [
  { ...doc, keys: [[a], [b]], is: "high", says: jkt(b) },
  { ...doc, keys: [[a, b], [c]], is: "high" },
  { ...doc, keys: [[a], [b]], facts: { announced: [jkt(b)] }, is: "high" },
  { ...doc, keys: [[a], [b]], facts: { announced: [] }, is: "critical", says: "nobody announced" },
  {
    it: "never seen together",
    ...doc,
    keys: [[a], [b]],
    facts: { timeline: [seen(a, 0, 20), seen(b, 21, 21)] },
    is: "high",
  },
  {
    it: "an overlap was seen",
    ...doc,
    keys: [[a], [b]],
    facts: { timeline: [seen(a, 0, 11), seen(b, 10, 21)] },
    is: "",
  },
  {
    ...doc,
    keys: [
      [a, b],
      [b, c],
    ],
    is: "",
  },
  { ...doc, keys: [[], [a]], is: "" },
  { it: "the name was kept: told apart", ...doc, keys: [[a], [key("b", { kid: "a" })]], is: "" },
]);
driftTable(driftKeySetEmptied, [
  { ...doc, keys: [[a], []], is: "critical" },
  { it: "only a key that encrypts is left", ...doc, keys: [[a], [key("b", { use: "enc" })]], is: "critical" },
  {
    it: "the document names no keys any more",
    from: { ...withKeys, jwks_uri: undefined, jwks: { keys: [a] } },
    to: { ...withKeys, jwks_uri: undefined },
    is: "critical",
  },
  { ...doc, keys: [[], []], is: "" },
  { from: { jwks: { keys: [a] } }, to: { jwks: { keys: [] } }, is: "" },
]);
driftTable(driftKeyPrivatePublished, [
  { ...doc, keys: [[a], [{ ...a, d: "x" }]], is: "critical", says: "(d)", path: "jwks#/keys/0" },
  { ...doc, keys: [[a], [a, { ...b, p: "x", q: "x" }]], is: "critical", says: "(p, q)" },
  { it: "inline", to: { jwks: { keys: [{ ...a, d: "x" }] } }, is: "critical", path: "/jwks/keys/0" },
  { it: "elsewhere", to: { backup: { kty: "EC", d: "x" } }, is: "critical", path: "/backup" },
  { it: "PEM", to: { note: "-----BEGIN PRIVATE KEY-----\nx" }, is: "critical", path: "/note" },
  { it: "symmetric", ...doc, keys: [[a], [a, { kty: "oct", k: "x" }]], is: "critical" },
  { it: "empty oth", ...doc, keys: [[a], [{ ...a, oth: [] }]], is: "" },
  { it: "it was known", ...doc, keys: [[{ ...a, d: "x" }], [{ ...a, d: "x" }]], is: "" },
]);
driftTable(driftKeySameKidReplaced, [
  { ...doc, keys: [[a], [key("b", { kid: "a" })]], is: "critical", path: "jwks#/keys/0" },
  {
    it: "beside others",
    ...doc,
    keys: [
      [a, c],
      [key("b", { kid: "a" }), c],
    ],
    is: "critical",
  },
  {
    it: "added under a name that is taken",
    ...doc,
    keys: [[a], [a, key("b", { kid: "a" })]],
    is: "critical",
  },
  { ...doc, keys: [[a], [b]], is: "" },
  { it: "no names", ...doc, keys: [[key("a", { kid: undefined })], [key("b", { kid: undefined })]], is: "" },
]);
driftTable(driftKeyRenamed, [
  {
    it: "under two names, in another order",
    ...doc,
    keys: [
      [a, { ...a, kid: "z" }],
      [{ ...a, kid: "z" }, a],
    ],
    is: "",
  },
  { ...doc, keys: [[a], [{ ...a, kid: "z" }]], is: "medium", says: '"z"' },
  {
    it: "an algorithm where there was none",
    ...doc,
    keys: [[a], [{ ...a, alg: "ES256" }]],
    is: "low",
    says: 'its alg is now "ES256".',
  },
  { ...doc, keys: [[{ ...a, alg: "ES256" }], [a]], is: "medium", says: "no longer named" },
  { ...doc, keys: [[a], [{ ...a, kid: "z", alg: "ES256" }]], is: "medium" },
  { ...doc, keys: [[a], [{ ...a, alg: "ES256" }]], facts: { profile: "atproto" }, is: "high" },
  { ...doc, keys: [[a], [{ ...a, kid: "z" }]], facts: { profile: "atproto" }, is: "high" },
  { ...doc, keys: [[a], [a]], is: "" },
]);
const at = (jwks_uri?: string, jwks?: object) => ({ ...withKeys, jwks_uri, jwks });
driftTable(driftJwksUriChanged, [
  { from: at("https://app.acme.com/a"), to: at("https://app.acme.com/b"), is: "high" },
  { from: at("https://app.acme.com/a"), to: at("https://keys.acme.com/a"), is: "high" },
  { from: at("https://app.acme.com/a"), to: at("https://evil.net/a"), is: "critical", says: "evil.net" },
  { from: at("https://acme.github.io/a"), to: at("https://mallory.github.io/a"), is: "critical" },
  {
    from: at("https://raw.githubusercontent.com/acme/a"),
    to: at("https://raw.githubusercontent.com/mallory/a"),
    is: "critical",
    says: '"raw.githubusercontent.com/mallory" is somebody else\'s place',
  },
  {
    from: at("https://raw.githubusercontent.com/acme/a"),
    to: at("https://raw.githubusercontent.com/acme/b"),
    is: "high",
  },
  { from: at("https://app.acme.com/a"), to: at("https://app.acme.com/a"), is: "" },
]);
driftTable(driftKeySourceChanged, [
  { from: at(undefined, { keys: [a] }), to: at("https://app.acme.com/a"), keys: [undefined, [a]], is: "low" },
  {
    from: at(undefined, { keys: [a] }),
    to: at("https://app.acme.com/a"),
    keys: [undefined, [a, b]],
    is: "medium",
  },
  { from: at(undefined, { keys: [a] }), to: at("https://app.acme.com/a"), is: "medium" },
  {
    from: at(undefined, { keys: [a] }),
    to: at("https://evil.net/a"),
    keys: [undefined, [a]],
    is: "critical",
  },
  {
    it: "both",
    from: at("https://app.acme.com/a"),
    to: at("https://app.acme.com/a", { keys: [b] }),
    keys: [[a], [a]],
    is: "medium",
  },
  { from: at("https://app.acme.com/a"), to: at("https://app.acme.com/b"), is: "" },
]);
driftTable(driftKeyWeakened, [
  { ...doc, keys: [[a], [a, rsa("r", 2048)]], is: "high" },
  { ...doc, keys: [[rsa("r", 3072)], [rsa("r", 3072), rsa("s", 2048)]], is: "high" },
  { ...doc, keys: [[rsa("r", 2048)], [rsa("r", 2048), a]], is: "" },
  {
    it: "now encrypts",
    ...doc,
    keys: [
      [a, b],
      [a, { ...b, use: "enc" }],
    ],
    is: "high",
  },
  { it: "sig is said aloud", ...doc, keys: [[a], [{ ...a, use: "sig" }]], is: "" },
]);
const elsewhere = { keysElsewhere: [{ jkt: jkt(b), clientId: "https://other.net/c" }] };
driftTable(driftKeyShared, [
  { ...doc, keys: [[a], [a, b]], facts: elsewhere, is: "high", says: "https://other.net/c" },
  {
    ...doc,
    keys: [
      [a, b],
      [a, b],
    ],
    facts: elsewhere,
    is: "",
  },
  { ...doc, keys: [[a], [a, b]], is: "" },
]);
const many = (count: number) => Array.from({ length: count }, (_, at) => key(`k${at}`));
driftTable(driftKeyTooMany, [
  { it: "10", ...doc, keys: [many(9), many(10)], is: "" },
  { it: "11", ...doc, keys: [many(10), many(11)], is: "medium" },
  { it: "fewer than before", ...doc, keys: [many(16), many(15)], is: "" },
]);
driftTable(driftKeyReturned, [
  { ...doc, keys: [[a], [a, b]], facts: { earlierThumbprints: [jkt(b)] }, is: "high" },
  {
    ...doc,
    keys: [
      [a, b],
      [a, b],
    ],
    facts: { earlierThumbprints: [jkt(b)] },
    is: "",
  },
]);
driftTable(driftKeyCertificateRenewed, [
  { ...doc, keys: [[{ ...a, x5c: ["1"] }], [{ ...a, x5c: ["2"] }]], is: "low" },
  { ...doc, keys: [[{ ...a, x5c: ["1"] }], [{ ...a, x5c: ["1"] }]], is: "" },
  {
    ...doc,
    keys: [[a], [{ ...a, x5c: [certificates.ec.x5c] }]],
    is: "high",
    says: "for another key",
    effect: "growth",
  },
  {
    ...doc,
    keys: [[certificates.ec.jwk], [{ ...certificates.ec.jwk, x5c: [certificates.ec.x5c] }]],
    is: "low",
  },
]);
driftTable(driftKeyDetailsChanged, [
  { ...doc, keys: [[a], [{ ...a, key_ops: ["verify"] }]], is: "low" },
  { ...doc, keys: [[a], [a, key("b", { use: "enc" })]], is: "low", says: "do not sign" },
  { ...doc, keys: [[a], [a, { kty: "new" }]], is: "low" },
  { ...doc, keys: [[a], [a, b]], is: "" },
]);
const set = (jwks: unknown) => ({ ...withKeys, jwks_uri: undefined, jwks });
driftTable(driftKeySetUnreadable, [
  { from: set({ keys: [a] }), to: set({}), is: "high" },
  { from: set({ keys: [a] }), to: set("x"), is: "high" },
  { from: set({ keys: [a] }), to: set({ keys: [] }), is: "" },
]);
