import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, Problem } from "../Check.ts";
import { cacheLife } from "../cacheLife.ts";
import { draft } from "../draft.ts";

export const fetchCache: Check = {
  id: "fetch.cache",
  severity: "info",
  title: "Caching that delays or costs",
  rationale:
    "Servers keep the document as long as its headers say. A long life means that a removed key or redirect stays usable.",
  clause: `${draft("§5.2")}; RFC 9111; MCP SEP-991 (24 hours)`,
  example: "Cache-Control: max-age=31536000, immutable",
  run({ response }) {
    if (response?.status !== 200) return [];
    const problems: Problem[] = [];
    const { control, tooLong } = cacheLife(response);
    if (tooLong) {
      const message = `Cache-Control is "${visibleText(control)}". A withdrawn key or redirect stays usable that long; keep it to 24 hours.`;
      problems.push({ message, path: "response", severity: "warning" });
    } else if (control === "" || /\bno-store\b/.test(control)) {
      const message =
        control === ""
          ? "There is no Cache-Control, so every server chooses how long to keep the document."
          : "Cache-Control is no-store, so every sign-in fetches the document.";
      problems.push({ message, path: "response" });
    }
    if (response.headers["etag"] === undefined && response.headers["last-modified"] === undefined) {
      problems.push({
        message: "There is neither an ETag nor a Last-Modified, so unchanged documents are sent in full.",
        path: "response",
      });
    }
    return problems;
  },
};
