import { classifyAddress } from "#lib/core/address/classifyAddress.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const urlAddress: Check = {
  id: "url.address",
  severity: "error",
  title: "Host resolves to a private address",
  rationale:
    "A public name that points inside a network is how a server is tricked into fetching its own services.",
  clause: `${draft("§8.6")}; RFC 6890`,
  example: "rebind.acme.com → 127.0.0.1",
  run({ client, addresses, openedAddresses = [], fetchOutcome }) {
    const answers = client.host === undefined ? [] : (addresses?.[client.host] ?? []);
    const problems = answers.flatMap((address) => {
      const { verdict, reason } = classifyAddress(address);
      return verdict === "allow" || openedAddresses.includes(address)
        ? []
        : [{ message: `"${client.host}" resolves to ${visibleText(address)}. ${reason}`, path: "client_id" }];
    });
    if (problems.length > 0 || fetchOutcome !== "refused_address") return problems;
    return [
      {
        message: `"${client.host}" resolves to an address that is not public. Point it at a public one.`,
        path: "client_id",
      },
    ];
  },
};
