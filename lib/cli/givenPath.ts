import { resolve } from "node:path";
import { cwd, env } from "node:process";

/** Where the person stands: npm starts the command in Rollcall's own folder and says where it was called. */
export function standing(): string {
  return env["LAUNCHED_FROM"] ?? cwd();
}

/** A path of the command line in full. */
export function givenPath(file: string): string {
  return resolve(standing(), file);
}
