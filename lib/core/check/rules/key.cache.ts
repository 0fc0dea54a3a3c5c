import { visibleText } from "#lib/core/document/visibleText.ts";
import { cacheLife } from "../cacheLife.ts";
import type { Check } from "../Check.ts";

export const keyCache: Check = {
  id: "key.cache",
  severity: "warning",
  title: "Key set that is kept too long",
  rationale:
    "Servers keep the set as long as its headers say: a withdrawn key stays usable, and a new one unknown, that long.",
  clause: "OpenID Connect Core 1.0 §10.1.1; RFC 9111 §5.2; MCP SEP-991 (24 hours)",
  example: "Cache-Control: max-age=604800 on jwks_uri",
  run({ keySetResponse }) {
    if (keySetResponse?.status !== 200) return [];
    const { control, tooLong } = cacheLife(keySetResponse);
    if (!tooLong) return [];
    const message = `The key set is served with Cache-Control "${visibleText(control)}". Keep it to 24 hours.`;
    return [{ message, path: "jwks#" }];
  },
};
