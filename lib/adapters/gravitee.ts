import type { Adapter } from "./Adapter.ts";
import { hostsOf } from "./hostsOf.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";

const name = "gravitee";
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

/** The part of a Gravitee Access Management 4.12 domain that a PATCH takes; an empty list of domains would mean everybody. */
export const gravitee: Adapter = {
  name,
  title: "Gravitee Access Management",
  version,
  grain: "host",
  cannotExpress,
  render: (list) => {
    const { names, ...choice } = hostsOf(list);
    return renderJson({ name, version, cannotExpress }, list, {
      ...choice,
      product: { oidc: { cimdSettings: { enabled: true, allowedDomains: names } } },
    });
  },
};
