import { visibleText } from "#lib/core/document/visibleText.ts";
import type { ParsedPattern } from "./parsePattern.ts";

/** Why a client_id that does not match a pattern does not, in a sentence. */
export function whyNoMatch({ authority, segments }: ParsedPattern, clientId: string): string {
  const start = `https://${authority}/`;
  if (!clientId.startsWith(start)) return `It does not begin with ${start}, character by character.`;
  const given = clientId.slice(start.length).split("/");
  if (given.length !== segments.length)
    return `Its path has ${given.length} segments and the pattern ${segments.length}: a * is exactly one.`;
  const at = segments.findIndex((segment, index) => segment !== "*" && segment !== given[index]);
  if (at >= 0)
    return `Segment ${at + 1} of its path is "${visibleText(given[at] ?? "", 80)}" and not "${segments[at]}".`;
  return "Where the pattern has a * stands something else than 1 to 256 plain characters (letters, digits, - . _ ~ and a few more; no encoding, no dots alone).";
}
