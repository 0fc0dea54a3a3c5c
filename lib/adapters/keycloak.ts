import type { Adapter, ExportedList } from "./Adapter.ts";
import { hostsOf, nobodysHost } from "./hostsOf.ts";
import { isPlainName } from "./literal.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";

const name = "keycloak";
const version = 1;
const cannotExpress: readonly Limit[] = [
  "one-client",
  "redirects",
  "scopes",
  "keys",
  "document",
  "expiry",
  "immediate-denies",
  "signature",
];

/**
 * Client profiles and policies of Keycloak 26.6 and later (feature `cimd`). Two pairs: client_ids at an approved host are
 * read; every other URL meets an executor that permits no host, so that a client Keycloak stored earlier is refused too.
 */
export const keycloak: Adapter = {
  name,
  title: "Keycloak",
  version,
  grain: "host",
  cannotExpress,
  render: (list) => {
    const { names, ...choice } = hostsOf(list);
    const ours = `rollcall-${list.list}`;
    // Later versions hold the redirect URIs to the same list; who may be a client is for the condition to say.
    const permitted = [
      ...new Set([
        ...names,
        ...redirectHosts(
          list,
          choice.admitted.flatMap((at) => at.clientIds),
        ),
      ]),
    ];
    const at = (hosts: readonly string[], negative: boolean) => ({
      condition: "client-id-uri",
      configuration: {
        "is-negative-logic": negative,
        "client-id-uri-scheme": ["https"],
        "client-id-uri-allow-permitted-domains": hosts,
      },
    });
    const anyUrl = {
      condition: "client-id-uri",
      configuration: { "is-negative-logic": false, "client-id-uri-scheme": ["https", "http"] },
    };
    return renderJson({ name, version, cannotExpress }, list, {
      ...choice,
      product: {
        profiles: {
          profiles: [
            profile(ours, "Approved in Rollcall", permitted),
            profile(`${ours}-others`, "Not approved in Rollcall: permits nobody", [nobodysHost]),
          ],
        },
        policies: {
          policies: [
            policy(ours, "URLs at an approved host", [at(names, false)]),
            policy(`${ours}-others`, "Every other URL", [anyUrl, at(names, true)]),
          ],
        },
      },
    });
  },
};

function profile(called: string, description: string, hosts: readonly string[]) {
  return {
    name: called,
    description,
    executors: [
      {
        executor: "client-id-metadata-document",
        configuration: {
          "cimd-allow-http-scheme": false,
          "cimd-allow-permitted-domains": hosts,
          "cimd-restrict-same-domain": false,
          "cimd-required-properties": ["redirect_uris"],
        },
      },
    ],
  };
}

function policy(called: string, description: string, conditions: readonly unknown[]) {
  return { name: called, description, enabled: true, conditions, profiles: [called] };
}

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

function redirectHosts(list: ExportedList, admitted: readonly string[]): string[] {
  const ids = new Set(admitted);
  const hosts = new Set<string>();
  for (const { clientId, entry } of list.entries) {
    if (!ids.has(clientId)) continue;
    for (const { uri } of entry.redirect_uris ?? []) {
      const host = URL.parse(uri)?.hostname ?? "";
      if (loopback.has(host) || isPlainName(host)) hosts.add(host);
    }
  }
  return [...hosts].sort();
}
