import type { Change } from "./Drift.ts";

/**
 * The member of the document a change is about; `keys` for whatever is inside a key set, wherever that is published,
 * "document" for the whole of it and "response" for how it was served.
 */
export function memberOf({ path }: Pick<Change, "path">): string {
  if (path === "") return "document";
  if (path.startsWith("jwks#") || path.startsWith("/jwks/")) return "keys";
  if (!path.startsWith("/")) return path;
  const step = path.slice(1).split("/")[0] ?? "";
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The values a change speaks of on one side: those of a set, or the one. Anything that is no text is left out. */
export function textsIn(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
}
