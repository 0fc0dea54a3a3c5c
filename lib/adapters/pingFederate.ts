import { sha256Hex } from "#lib/core/sha256.ts";
import type { Adapter, ListedClient } from "./Adapter.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";
import { nobodysUrl, urlsOf } from "./urlsOf.ts";

const name = "pingfederate";
const version = 1;
const cannotExpress: readonly Limit[] = [
  "redirects",
  "scopes",
  "keys",
  "document",
  "expiry",
  "immediate-denies",
  "namespaces",
  "signature",
];

/** CIMD policies of PingFederate 13.1, one for each client: its metadata URL without any asterisk. */
export const pingFederate: Adapter = {
  name,
  title: "PingFederate",
  version,
  grain: "url",
  cannotExpress,
  render: (list) => {
    const { clients, refused } = urlsOf(list);
    const policies = clients.map((listed) => policyOf(list.list, listed));
    const nobody = { clientId: nobodysUrl, entry: { status: "deny" as const } };
    return renderJson({ name, version, cannotExpress }, list, {
      refused,
      product: { cimdPolicies: policies.length > 0 ? policies : [policyOf(list.list, nobody)] },
    });
  },
};

function policyOf(list: string, { clientId, entry }: ListedClient) {
  return {
    id: `rollcall-${list}-${sha256Hex(clientId).slice(0, 16)}`,
    name: `Rollcall: ${clientId}`,
    description: `Made by Rollcall${entry.ref === undefined ? "" : ` (${entry.ref})`}. Do not edit.`,
    enabled: entry.status === "allow",
    metadataUrls: [clientId],
    allowLoopbackRedirectUris:
      entry.redirect_uris?.some(({ match }) => match === "loopback_any_port") ?? false,
  };
}
