import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";

export const documentUriRelative: Check = {
  id: "document.uri-relative",
  severity: "warning",
  title: "Relative address",
  rationale: "Nothing says what it is relative to, so servers resolve it differently or not at all.",
  clause: "RFC 7591 §2 (URLs); RFC 3986 §4.3",
  example: '"logo_uri": "/logo.png"',
  run: ({ members = {} }) =>
    Object.entries(members).flatMap(([name, value]) => {
      if (typeof value !== "string" || !/_uri(?:#|$)/.test(name) || URL.canParse(value)) return [];
      const message =
        value === ""
          ? `${visibleText(name, 60)} is empty. Remove it, or write the whole address.`
          : `${visibleText(name, 60)} "${visibleText(value)}" is not a whole address. Write it with https:// and host.`;
      return [{ message, path: pointerStep(name) }];
    }),
};
