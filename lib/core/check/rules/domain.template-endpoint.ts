import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const domainTemplateEndpoint: Check = {
  id: "domain.template-endpoint",
  severity: "warning",
  title: "Documents for any path",
  rationale:
    "The endpoint answers made-up paths with a valid document. Each such client_id is approved or refused one by one, never by pattern.",
  clause: draft("§8.9 (the probe is ours)"),
  example: "https://chatgpt.com/oauth/<anything>/client.json",
  run: ({ siblingProbe: probe }) =>
    probe === undefined || probe.clientId !== probe.url
      ? []
      : [
          {
            message: `The made-up URL "${visibleText(probe.url)}" answers with a valid document of its own. Never approve this host by a pattern.`,
            path: "client_id",
          },
        ],
};
