/** One thing the rules were asked to catch, and what became of it. */
export interface CatalogueRow {
  readonly row: number;
  readonly asks: string;
  /** Ids of the rules that catch it. */
  readonly rules?: readonly string[];
  /** Not a rule: the product cannot get there. Where that is held, and how. */
  readonly held?: { readonly by: string; readonly how: string };
  /** What the rest of it would need. */
  readonly later?: string;
}

const registration = "registration data of the domain (RDAP)";
const transparency = "certificate transparency logs";
const headers =
  "the headers of the approved answer kept with its snapshot: until then the checks judge the live ones alone";
const vantage = "a second vantage point";

/** Is it valid? What was asked of the checks. */
export const validityRows: readonly CatalogueRow[] = [
  { row: 1, asks: "scheme other than https", rules: ["url.scheme"] },
  {
    row: 2,
    asks: "no absolute, parseable URL; blanks, control or non-ASCII characters",
    rules: ["url.syntax"],
  },
  { row: 3, asks: "userinfo", rules: ["url.userinfo"] },
  { row: 4, asks: "fragment, a bare # too", rules: ["url.fragment"] },
  { row: 5, asks: "empty path", rules: ["url.path-missing"] },
  { row: 6, asks: "path /", rules: ["url.root-path", "url.trailing-slash"] },
  { row: 7, asks: "dot segments, encoded ones too, in the raw string", rules: ["url.dot-segment"] },
  { row: 8, asks: "query", rules: ["url.query"] },
  { row: 9, asks: "explicit port", rules: ["url.port"] },
  { row: 10, asks: "not in canonical form", rules: ["url.not-canonical"] },
  { row: 11, asks: "IP literal, localhost, single label, reserved name", rules: ["url.special-host"] },
  {
    row: 12,
    asks: "resolves to a special-use address; the checked address is the one connected to",
    rules: ["url.address", "reach.refused-address"],
    held: { by: "lib/net/openConnection.ts", how: "the connection is opened to the address that was judged" },
  },
  { row: 13, asks: "host under a public suffix, a platform or a tunnel", rules: ["url.shared-host"] },
  { row: 14, asks: "very long URL", rules: ["url.length"] },
  { row: 15, asks: "lookalike host, borrowed name", rules: ["url.lookalike"] },
  { row: 16, asks: "the same string as an issuer we know", rules: ["url.issuer-collision"] },
  { row: 17, asks: "second spelling of a known client", rules: ["url.duplicate-record"] },
  {
    row: 18,
    asks: "young or expiring domain, unknown registrant, dangling CNAME",
    rules: ["domain.lifetime"],
    later: registration,
  },
  {
    row: 19,
    asks: "a made-up sibling path answers with a valid document",
    rules: ["domain.template-endpoint"],
    later: "a request for a path nobody published, which hosts may take for an attack: only on demand",
  },
  { row: 20, asks: "status other than 200", rules: ["fetch.status"] },
  { row: 21, asks: "redirect, never followed", rules: ["fetch.redirect"] },
  {
    row: 22,
    asks: "refused or unreachable while a good copy exists",
    rules: ["fetch.unreachable", "reach.unreachable", "reach.challenged"],
  },
  { row: 23, asks: "content type other than JSON", rules: ["fetch.content-type"] },
  { row: 24, asks: "body too large", rules: ["fetch.size"] },
  {
    row: 25,
    asks: "no UTF-8 JSON object, byte order mark, duplicate members",
    rules: ["document.syntax", "document.bom", "document.duplicate-member"],
  },
  { row: 26, asks: "TLS chain or name invalid, TLS older than 1.2", rules: ["fetch.tls"] },
  {
    row: 27,
    asks: "another body for another visitor",
    rules: ["fetch.split-view", "reach.flapping", "sight.document-never-seen"],
    later: vantage,
  },
  { row: 28, asks: "cached for more than a day, or not at all; no validators", rules: ["fetch.cache"] },
  { row: 29, asks: "a contained URL leads to a special-use address", rules: ["document.special-address"] },
  { row: 30, asks: "client_id missing", rules: ["document.client-id-missing"] },
  { row: 31, asks: "client_id differs from the URL", rules: ["document.client-id-mismatch"] },
  { row: 32, asks: "client_secret, registration_access_token", rules: ["document.secret"] },
  { row: 33, asks: "method with a shared secret, in either form", rules: ["document.symmetric-auth"] },
  { row: 34, asks: "private or symmetric key material", rules: ["document.private-material"] },
  {
    row: 35,
    asks: "client_name missing, empty, too long, with invisible characters",
    rules: ["document.client-name"],
  },
  {
    row: 36,
    asks: "redirect_uris missing, empty or no array of strings",
    rules: ["document.redirect-uris-missing"],
  },
  { row: 37, asks: "the one method is not among the several", rules: ["document.auth-method-not-listed"] },
  { row: 38, asks: "no method in either form", rules: ["document.auth-method-missing"] },
  { row: 39, asks: "method in one form only", rules: ["document.auth-method-one-form"] },
  { row: 40, asks: "none beside a method that authenticates", rules: ["document.auth-downgrade"] },
  { row: 41, asks: "public client that could authenticate", rules: ["document.could-authenticate"] },
  { row: 42, asks: "method without its key or certificate name", rules: ["document.keys-missing"] },
  { row: 43, asks: "signing algorithm missing or forbidden", rules: ["document.signing-alg"] },
  { row: 44, asks: "jwks and jwks_uri together", rules: ["document.jwks-and-jwks-uri"] },
  {
    row: 45,
    asks: "grants that do not fit the response types; implicit, password",
    rules: ["document.grant-response-mismatch", "document.legacy-grant"],
  },
  { row: 46, asks: "application_type that does not fit", rules: ["document.application-type"] },
  {
    row: 47,
    asks: "scope missing, beyond approval, malformed, boundless",
    rules: ["document.atproto-scope", "document.scope-syntax", "drift.scope-widened"],
  },
  {
    row: 48,
    asks: "links that are not https, lead elsewhere, or are no web address",
    rules: [
      "document.uri-insecure",
      "document.uri-other-site",
      "document.uri-scheme",
      "document.atproto-client-uri",
    ],
  },
  { row: 49, asks: "relative links", rules: ["document.uri-relative"] },
  {
    row: 50,
    asks: "members of a server, unknown members, near misses",
    rules: ["document.server-metadata", "document.unknown-member", "document.near-miss-member"],
  },
  {
    row: 51,
    asks: "software statement: what it claims is judged like the document, secrets are errors, its signature",
    rules: ["document.software-statement", "drift.software-statement-changed"],
    later: "a list of trusted issuers and a watch over their keys, to verify the signature",
  },
  { row: 52, asks: "nobody to ask, no version", rules: ["document.contact-missing"] },
  { row: 53, asks: "private members of a key", rules: ["key.private-material"] },
  { row: 54, asks: "no usable key", rules: ["key.none-usable", "key.set-syntax", "key.members-missing"] },
  { row: 55, asks: "symmetric key, algorithm none or HS*", rules: ["key.symmetric", "document.signing-alg"] },
  {
    row: 56,
    asks: "weak RSA key, odd exponent, point off its curve",
    rules: ["key.rsa-size", "key.rsa-exponent", "key.point-invalid", "key.roca"],
    later: "a date of the house from which RSA 2048 is too short",
  },
  { row: 57, asks: "algorithm that does not fit key or declaration", rules: ["key.alg-mismatch"] },
  {
    row: 58,
    asks: "kid missing, shared or meaningless",
    rules: ["key.kid-missing", "key.kid-duplicate", "key.kid-generic"],
  },
  { row: 59, asks: "one key under two kids", rules: ["key.duplicate"] },
  {
    row: 60,
    asks: "use and key_ops missing or inconsistent",
    rules: ["key.use-missing", "key.operations", "key.none-usable"],
  },
  { row: 61, asks: "one old key without a successor", rules: ["key.rotation", "time.key-overdue"] },
  {
    row: 62,
    asks: "jwks_uri on another origin, not https, special-use",
    rules: ["document.jwks-uri-cross-origin", "document.jwks-uri-insecure", "document.special-address"],
  },
  {
    row: 63,
    asks: "key of another client, example key",
    rules: ["key.shared", "key.example", "time.key-shared"],
  },
  { row: 64, asks: "certificate that does not fit or has ended", rules: ["key.certificate"] },
  { row: 65, asks: "key set cached for more than a day", rules: ["key.cache"] },
  {
    row: 66,
    asks: "redirect that is relative, has a fragment, userinfo, wildcard or template",
    rules: ["redirect.not-absolute", "redirect.fragment", "redirect.userinfo", "redirect.wildcard"],
  },
  { row: 67, asks: "unencrypted redirect to another machine", rules: ["redirect.http-remote"] },
  { row: 68, asks: "loopback, loopback only", rules: ["redirect.loopback", "redirect.loopback-only"] },
  { row: 69, asks: "the name localhost", rules: ["redirect.localhost-name"] },
  { row: 70, asks: "fixed loopback port", rules: ["redirect.fixed-loopback-port"] },
  {
    row: 71,
    asks: "schemes of apps: private, without period, dangerous, not reversed, into a private network",
    rules: [
      "redirect.private-scheme",
      "redirect.scheme-without-period",
      "redirect.dangerous-scheme",
      "redirect.scheme-not-reversed",
      "redirect.scheme-double-slash",
      "redirect.private-network",
    ],
  },
  {
    row: 72,
    asks: "redirect to another host, a platform, a tunnel",
    rules: ["redirect.cross-origin", "redirect.shared-host"],
  },
  { row: 73, asks: "redirect to an internal name", rules: ["redirect.special-host"] },
  { row: 74, asks: "redirect that may redirect on", rules: ["redirect.open-redirector"] },
  {
    row: 75,
    asks: "many, repeated or very long redirects",
    rules: ["redirect.too-many", "redirect.duplicate", "redirect.too-long"],
  },
  {
    row: 76,
    asks: "no responsible team",
    held: { by: "lib/core/clientInput.ts", how: "nothing is registered without a team and a sponsor" },
  },
  {
    row: 77,
    asks: "approval absent, ended, or for another document",
    rules: ["time.approval-ending"],
    held: {
      by: "lib/core/allowlist",
      how: "a list is made of what is approved now, of the snapshot that was voted on",
    },
  },
  {
    row: 78,
    asks: "scopes beyond what was approved",
    rules: ["drift.scope-widened"],
    held: {
      by: "lib/core/allowlist",
      how: "an entry carries the approved scopes, whatever the document says",
    },
  },
  {
    row: 79,
    asks: "patterns in the list",
    held: { by: "lib/core/allowlist", how: "entries are exact strings; there are no patterns" },
  },
  {
    row: 80,
    asks: "list that ends before the next one",
    held: {
      by: "lib/flows/signing/resignHeads.ts",
      how: "heads are signed anew long before they end, whether anything changed or not",
    },
  },
];

/** What changed, and how bad is it? What was asked of the watch. */
export const driftRows: readonly CatalogueRow[] = [
  {
    row: 1,
    asks: "client_id in the document no longer the URL",
    rules: ["drift.client-id-mismatch", "drift.client-id-corrected"],
  },
  { row: 2, asks: "404 or 410 for a day", rules: ["reach.gone"], later: `${vantage}, to confirm it` },
  {
    row: 3,
    asks: "unreachable: last good copy, escalates with age",
    rules: ["reach.unreachable", "reach.challenged"],
  },
  { row: 4, asks: "200 becomes a redirect", rules: ["reach.moved"] },
  {
    row: 5,
    asks: "no JSON any more, too large, duplicates",
    rules: ["drift.document-unreadable", "reach.unreadable"],
  },
  {
    row: 6,
    asks: "domain, registrar or hosting changed hands",
    rules: ["reach.certificate-issuer-changed", "reach.refused-address"],
    later: `${registration}, for registrar, name servers and registrant; ${transparency}, for certificates nobody asked for`,
  },
  {
    row: 7,
    asks: "another body for another visitor",
    rules: ["fetch.split-view", "reach.flapping", "sight.document-never-seen"],
    later: vantage,
  },
  {
    row: 8,
    asks: "cached for longer",
    rules: ["drift.cache-lengthened", "fetch.cache"],
    later: headers,
  },
  {
    row: 9,
    asks: "content type no longer JSON",
    rules: ["drift.content-type-changed", "fetch.content-type"],
    later: headers,
  },
  {
    row: 10,
    asks: "changed without a new version, or with an older one",
    rules: ["drift.version-not-raised", "drift.version-changed"],
  },
  { row: 11, asks: "bytes alone", rules: ["drift.formatting-only"] },
  {
    row: 12,
    asks: "unknown or forbidden member added",
    rules: [
      "drift.member-added",
      "drift.member-changed",
      "drift.secret-published",
      "drift.key-private-published",
    ],
  },
  {
    row: 13,
    asks: "another client of the same owner with the same redirects or keys",
    rules: ["time.key-shared", "key.shared"],
    later: "an index of redirects over all clients, for successors that brought new keys",
  },
  {
    row: 14,
    asks: "wildcard, unencrypted, dangerous or foreign redirect added",
    rules: [
      "drift.redirect-added-wildcard",
      "drift.redirect-added-http",
      "drift.redirect-added-dangerous",
      "drift.redirect-added-new-site",
    ],
  },
  {
    row: 15,
    asks: "any redirect added, by how far it widens",
    rules: ["drift.redirect-added-same-host", "drift.redirect-added-same-site"],
  },
  {
    row: 16,
    asks: "loopback or app scheme added to a web client",
    rules: ["drift.redirect-added-loopback", "drift.redirect-added-private-scheme"],
  },
  { row: 17, asks: "redirect on a platform or tunnel added", rules: ["drift.redirect-added-shared-host"] },
  { row: 18, asks: "redirect removed", rules: ["drift.redirect-removed"] },
  { row: 19, asks: "all replaced at once", rules: ["drift.redirect-all-replaced"] },
  { row: 20, asks: "all removed, the code grant kept", rules: ["drift.redirect-emptied"] },
  {
    row: 21,
    asks: "order, loopback port, loopback name",
    rules: ["drift.formatting-only", "drift.redirect-loopback-port", "drift.redirect-loopback-name"],
  },
  {
    row: 22,
    asks: "host of an approved redirect no longer resolves, or can be claimed",
    rules: ["redirect.unresolvable"],
    later: `${registration}, for redirect domains that expire; a list of providers where abandoned names can be claimed`,
  },
  { row: 23, asks: "authentication given up, or optional", rules: ["drift.auth-downgraded"] },
  { row: 24, asks: "authentication begun", rules: ["drift.auth-upgraded"] },
  { row: 25, asks: "method with a shared secret", rules: ["drift.auth-shared-secret"] },
  { row: 26, asks: "methods added or removed", rules: ["drift.auth-methods-changed"] },
  { row: 27, asks: "signing algorithm changed", rules: ["drift.signing-alg-changed"] },
  { row: 28, asks: "certificate name changed", rules: ["drift.mtls-subject-changed"] },
  {
    row: 29,
    asks: "protections switched off",
    rules: ["drift.protection-dropped", "drift.protection-added"],
  },
  { row: 30, asks: "key added, old kept", rules: ["drift.key-added"] },
  { row: 31, asks: "key retired after its successor was known", rules: ["drift.key-retired"] },
  { row: 32, asks: "key removed too early", rules: ["drift.key-removed-early"] },
  { row: 33, asks: "every key replaced at once", rules: ["drift.key-hard-cutover"] },
  { row: 34, asks: "all keys removed", rules: ["drift.key-set-emptied"] },
  {
    row: 35,
    asks: "private key published",
    rules: ["drift.key-private-published", "time.key-leaked-still-approved"],
  },
  { row: 36, asks: "same kid, other key", rules: ["drift.key-same-kid-replaced"] },
  { row: 37, asks: "same key, other kid or alg", rules: ["drift.key-renamed", "drift.key-details-changed"] },
  { row: 38, asks: "jwks_uri changed", rules: ["drift.jwks-uri-changed"] },
  { row: 39, asks: "inline keys become an address, or the reverse", rules: ["drift.key-source-changed"] },
  { row: 40, asks: "weaker key, other use", rules: ["drift.key-weakened"] },
  { row: 41, asks: "key shared with another client", rules: ["drift.key-shared", "time.key-shared"] },
  {
    row: 42,
    asks: "no rotation for too long, or too often",
    rules: ["time.key-overdue", "time.rotation-missed"],
    later: "a shortest time between rotations that a house would want to hold owners to",
  },
  { row: 43, asks: "old keys never retired", rules: ["drift.key-too-many"] },
  { row: 44, asks: "a removed key returns", rules: ["drift.key-returned"] },
  { row: 45, asks: "key set unreachable", rules: ["reach.key-set-unreachable", "drift.key-set-unreadable"] },
  { row: 46, asks: "certificate of a key renewed", rules: ["drift.key-certificate-renewed"] },
  { row: 47, asks: "scope wider or narrower", rules: ["drift.scope-widened", "drift.scope-narrowed"] },
  {
    row: 48,
    asks: "grants gained or given up",
    rules: ["drift.grant-type-added", "drift.grant-type-removed"],
  },
  {
    row: 49,
    asks: "response types gained",
    rules: ["drift.response-type-added", "drift.response-type-removed"],
  },
  { row: 50, asks: "application_type changed", rules: ["drift.application-type-changed"] },
  {
    row: 51,
    asks: "addresses and settings of the sign-in changed",
    rules: ["drift.flow-uri-changed", "drift.flow-setting-changed"],
  },
  { row: 52, asks: "name changed", rules: ["drift.client-name-changed"] },
  {
    row: 53,
    asks: "logo changed, or its picture",
    rules: ["drift.logo-changed"],
    later: "fetching pictures, for another picture at the same address",
  },
  { row: 54, asks: "links changed", rules: ["drift.link-changed"] },
  { row: 55, asks: "contacts or organisation changed", rules: ["drift.contacts-changed"] },
  {
    row: 56,
    asks: "software statement or software_id changed",
    rules: ["drift.software-statement-changed", "drift.software-id-changed"],
  },
];
