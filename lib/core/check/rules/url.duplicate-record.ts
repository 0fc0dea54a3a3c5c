import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const urlDuplicateRecord: Check = {
  id: "url.duplicate-record",
  severity: "error",
  title: "Second spelling of a known client",
  rationale:
    "Two spellings of one URL are two clients to a machine and one to a person. Approving both hides one of them.",
  clause: `${draft("§3")}; RFC 3986 §6.2.2`,
  example: "https://app.acme.com/client.json and https://app.acme.com:443/client.json",
  run({ clientId, otherClientIds = [] }) {
    const normal = normalForm(clientId);
    const twin = normal && otherClientIds.find((other) => other !== clientId && normalForm(other) === normal);
    if (!twin) return [];
    return [
      {
        message: `This is another spelling of "${visibleText(twin)}", which is already known. Keep one of the two.`,
        path: "client_id",
      },
    ];
  },
};

function normalForm(clientId: string): string | undefined {
  const href = URL.parse(clientId)?.href.replace(/\.(?=[:/])/, (dot, at: number, text: string) =>
    text.indexOf("/", 8) >= at ? "" : dot,
  );
  return href
    ?.replace(/%(?:2d|3\d|4[1-9a-f]|5[\da]|5f|6[1-9a-f]|7[\da]|7e)/gi, decodeURIComponent)
    .replace(/\/$/, "");
}
