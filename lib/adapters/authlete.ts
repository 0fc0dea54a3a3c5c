import type { Adapter, ListedClient } from "./Adapter.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";
import { urlsOf } from "./urlsOf.ts";

const name = "authlete";
const version = 1;
const cannotExpress: readonly Limit[] = [
  "longer-urls",
  "own-redirects",
  "scopes",
  "keys",
  "document",
  "expiry",
  "immediate-denies",
  "namespaces",
  "signature",
];

/** Service settings of Authlete 3: the allowlist, and a metadata policy (OpenID Federation 1.0 §6.1) for all of them together. */
export const authlete: Adapter = {
  name,
  title: "Authlete",
  version,
  grain: "url",
  cannotExpress,
  render: (list) => {
    const { clients, refused, urls } = urlsOf(list, true);
    return renderJson({ name, version, cannotExpress }, list, {
      refused,
      product: {
        clientIdMetadataDocumentSupported: true,
        cimdAllowlistEnabled: true,
        cimdAllowlist: urls,
        cimdHttpPermitted: false,
        cimdQueryPermitted: false,
        cimdMetadataPolicyEnabled: clients.length > 0,
        // A string, as Authlete's API has it.
        cimdMetadataPolicy: JSON.stringify(clients.length > 0 ? metadataPolicy(clients) : {}),
      },
    });
  },
};

/** What any of the clients may have, and nothing else. */
function metadataPolicy(clients: readonly ListedClient[]): Record<string, unknown> {
  const all = (of: (listed: ListedClient) => readonly string[]) => [...new Set(clients.flatMap(of))].sort();
  return {
    redirect_uris: { subset_of: all(({ entry }) => entry.redirect_uris?.map(({ uri }) => uri) ?? []) },
    grant_types: { subset_of: all(({ entry }) => entry.grant_types ?? []) },
    token_endpoint_auth_method: { one_of: all(({ entry }) => [entry.token_endpoint_auth_method ?? "none"]) },
    scope: { subset_of: all(({ entry }) => entry.grants?.flatMap(({ scopes }) => scopes) ?? []) },
  };
}
