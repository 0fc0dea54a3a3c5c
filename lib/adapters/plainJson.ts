import type { Adapter } from "./Adapter.ts";
import { entriesByClientId, releaseFacts } from "./releaseFacts.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";

const name = "json";
const version = 1;
const cannotExpress: readonly Limit[] = ["immediate-denies", "signature"];

/** Everything that counts now, for scripts: the entries as docs/allowlist.md has them. */
export const plainJson: Adapter = {
  name,
  title: "Plain JSON",
  version,
  grain: "entry",
  cannotExpress,
  render: (list) =>
    renderJson({ name, version, cannotExpress }, list, {
      product: {
        ...releaseFacts(list),
        entries: entriesByClientId(list),
        namespaces: list.namespaces,
        deny: list.denies,
      },
    }),
};
