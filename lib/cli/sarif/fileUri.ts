import { isAbsolute, relative, resolve, sep } from "node:path";
import { cwd } from "node:process";
import { pathToFileURL } from "node:url";

/** How a log names a file: relative to the folder the command runs in where it lies below it, else in full. */
export function fileUri(file: string): string {
  if (file === "-") return "stdin";
  const below = relative(cwd(), resolve(file));
  return below === "" || below.startsWith("..") || isAbsolute(below)
    ? pathToFileURL(resolve(file)).href
    : below.split(sep).map(encodeURIComponent).join("/");
}
