const sentences = {
  "one-client": "It knows whole hosts: every client_id of an approved host is admitted, approved or not.",
  "longer-urls":
    "It is not documented to compare whole addresses: a longer client_id that begins with an approved one may be admitted.",
  redirects: "It does not hold a client to its approved redirect URIs.",
  "own-redirects": "It holds the clients to the redirect URIs of all of them together, not each to its own.",
  scopes: "It does not hold a client to its approved resources and scopes.",
  keys: "It does not hold a client to its approved keys.",
  document: "It does not notice that a client's document differs from the approved one.",
  expiry: "It does not stop by itself when an approval ends or when Rollcall cannot be reached.",
  "immediate-denies": "A client that is refused stays admitted until the next export is applied.",
  namespaces: "It has no form for namespaces: their clients are refused unless each is approved by itself.",
  signature: "The export is not signed: it is as trustworthy as the connection it came over.",
} as const;

/** Something an entry says that a product has no words for. */
export type Limit = keyof typeof sentences;

/** What a limit means, for people. */
export function limitSentence(limit: Limit): string {
  return sentences[limit];
}
