import type { Adapter } from "./Adapter.ts";
import { entriesByClientId, releaseFacts } from "./releaseFacts.ts";
import type { Limit } from "./limits.ts";
import { renderJson } from "./renderJson.ts";

const name = "opa";
const version = 1;
const cannotExpress: readonly Limit[] = ["immediate-denies", "namespaces", "signature"];

/** `data.json` for Open Policy Agent; docs/servers/opa.md has the policy that reads it. */
export const opa: Adapter = {
  name,
  title: "Open Policy Agent",
  version,
  grain: "entry",
  cannotExpress,
  render: (list) =>
    renderJson({ name, version, cannotExpress }, list, {
      refused: list.namespaces.flatMap(({ pattern, status }) =>
        status === "allow"
          ? [{ clientId: pattern, why: "A namespace: the policy looks clients up by name." }]
          : [],
      ),
      product: {
        rollcall: {
          ...releaseFacts(list),
          entries: entriesByClientId(list),
          denied: {
            client_ids: list.denies.flatMap(({ client_id }) => client_id ?? []),
            hosts: list.denies.flatMap(({ host }) => host ?? []),
            jkts: list.denies.flatMap(({ jkt }) => jkt ?? []),
          },
        },
      },
    }),
};
