import type { Adapter } from "./Adapter.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";
import { urlsOf } from "./urlsOf.ts";

const name = "pocket-id";
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

/** Pocket ID's `CIMD_URL_ALLOWLIST`: a JSON array of URL patterns, of which only literal URLs are used. */
export const pocketId: Adapter = {
  name,
  title: "Pocket ID",
  version,
  grain: "url",
  cannotExpress,
  render: (list) => {
    const { refused, urls } = urlsOf(list);
    return renderJson({ name, version, cannotExpress }, list, {
      refused,
      product: { CIMD_URL_ALLOWLIST: urls },
    });
  },
};
