import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { givenPath, standing } from "#lib/cli/givenPath.ts";

/** How a log names a file: relative to where the person stands if it lies below, else in full. */
export function fileUri(file: string): string {
  if (file === "-") return "stdin";
  const below = relative(standing(), givenPath(file));
  return below === "" || below.startsWith("..") || isAbsolute(below)
    ? pathToFileURL(givenPath(file)).href
    : below.split(sep).map(encodeURIComponent).join("/");
}
