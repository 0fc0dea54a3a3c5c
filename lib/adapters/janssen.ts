import type { Adapter } from "./Adapter.ts";
import { hostsOf } from "./hostsOf.ts";
import type { Limit } from "./limits.ts";
import { isPlainName } from "./literal.ts";
import { renderJson } from "./renderJson.ts";

const name = "janssen";
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

/** Janssen's `cimdDomainAllowlist`, where an empty one means everybody, and `cimdDomainBlocklist`, which wins. */
export const janssen: Adapter = {
  name,
  title: "Janssen",
  version,
  grain: "host",
  cannotExpress,
  render: (list) => {
    const { names, ...choice } = hostsOf(list);
    return renderJson({ name, version, cannotExpress }, list, {
      ...choice,
      product: {
        cimdDomainAllowlist: names,
        cimdDomainBlocklist: [...list.deniedHosts].filter(isPlainName).sort(),
      },
    });
  },
};
