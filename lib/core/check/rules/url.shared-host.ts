import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const urlSharedHost: Check = {
  id: "url.shared-host",
  severity: "warning",
  title: "Host shared with strangers",
  rationale:
    "On a platform or tunnel the domain proves which tenant wrote the document, at best. The name can pass to somebody else.",
  clause: draft("§8.9, §8.10"),
  example: "https://neroil.github.io/client.json",
  run({ owner }) {
    if (owner === undefined || !owner.isShared) return [];
    const message = owner.isTunnel
      ? `"${owner.host}" is a tunnel: the next person who opens it owns this client_id. Use a domain of your own.`
      : `"${owner.host}" is on a shared host (${owner.publicSuffix ?? owner.label}). Make sure that this tenant is the client's owner.`;
    return [{ message, path: "client_id" }];
  },
};
