import type { Adapter } from "./Adapter.ts";
import { hostsOf } from "./hostsOf.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";

const name = "descope";
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

/** "Approved Domains" of a Descope MCP server. */
export const descope: Adapter = {
  name,
  title: "Descope",
  version,
  grain: "host",
  cannotExpress,
  render: (list) => {
    const { names, ...choice } = hostsOf(list);
    return renderJson({ name, version, cannotExpress }, list, {
      ...choice,
      product: { approvedDomains: names },
    });
  },
};
