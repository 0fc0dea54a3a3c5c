/** A letter to whoever runs the host of a document that only browsers can read. */
export function askVendor(clientId: string, baseUrl: string): string {
  return `Your OAuth client identifies itself with this URL, so authorization servers and governance tools have to read the document there without a browser:

${clientId}

Your host answers our requests with a page that wants a browser (a bot challenge). Please serve that path, and the key set it names, to every client: plain GET, application/json, no cookies, no scripts. If you keep a list of allowed programs, ours sends this User-Agent:

Rollcall/0.1 (+${baseUrl})

The document is public by design (draft-ietf-oauth-client-id-metadata-document, section 4). Until it can be read we work with a copy, and a change of your redirect URIs or keys reaches our servers late or not at all.
`;
}
