import { visibleText } from "#lib/core/document/visibleText.ts";
import { specialUseName } from "#lib/core/domain/specialUseName.ts";

/** A pattern of a namespace, taken apart. */
export interface ParsedPattern {
  readonly pattern: string;
  /** As a URL parser writes it, with the port when it is not the default. */
  readonly authority: string;
  /** Without the port. */
  readonly host: string;
  /** Whole segments of the path: literal, or `*` for exactly one of any name. */
  readonly segments: readonly string[];
}

export type PatternReading =
  | { readonly parsed: ParsedPattern; readonly fault?: undefined }
  | { readonly fault: string; readonly parsed?: undefined };

const plain = /^[A-Za-z0-9._~!$&'()+,=:@-]+$/;
const hostForm = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[1-9]\d{0,4})?$/;
const longest = 2_048;

/**
 * Reads a pattern: `https`, a literal host and a path in which a star stands for one whole segment. Or says in a sentence
 * why it is none (docs/allowlist.md §3). Nothing is put right for the writer: what is approved is the string itself.
 */
export function parsePattern(raw: string): PatternReading {
  const no = (fault: string): PatternReading => ({ fault });
  if (raw === "") return no("Enter a pattern, e.g. https://chat.example/oauth/*/client.json.");
  if (raw.length > longest) return no(`At most ${longest} characters.`);
  if (/[^\x21-\x7e]/.test(raw))
    return no(
      `"${visibleText(raw)}" holds white space or a character beyond ASCII. Write a host in punycode (xn--…); paths of client_ids are ASCII.`,
    );
  if (raw.includes("\\"))
    return no("A backslash is read as a slash by some and not by others: leave it out.");
  if (!raw.startsWith("https://")) return no("The pattern begins with https:// in lower case.");
  if (raw.includes("?")) return no("A client_id of a namespace has no query: leave out the question mark.");
  if (raw.includes("#")) return no("A client_id has no fragment: leave out the #.");
  if (raw.includes("%"))
    return no("Percent-encoding has several spellings for one thing: the pattern and its clients have none.");

  const [authority = "", ...segments] = raw.slice("https://".length).split("/");
  const fault = authorityFault(authority) ?? pathFault(segments);
  if (fault) return no(fault);
  return { parsed: { pattern: raw, authority, host: hostOf(authority), segments } };
}

function authorityFault(authority: string): string | undefined {
  if (authority === "") return "The host is missing.";
  if (authority.includes("@")) return "A client_id has no user: leave out what stands before the @.";
  if (authority.includes("*"))
    return "The host is literal: a * there would hand the approval to whoever gets a name below it.";
  const url = URL.parse(`https://${authority}/`);
  if (!url) return `"${authority}" is no host.`;
  if (url.host !== authority)
    return `Write the host as a URL parser does: ${url.host}. Clients with another spelling would not match.`;
  const special = specialUseName(url.hostname);
  if (special) return `${url.hostname} is ${special}: nobody outside can publish a client there.`;
  if (url.hostname.endsWith(".")) return "The host ends with a dot: leave it out.";
  if (!hostForm.test(authority)) return `"${authority}" is not written as a public host name is.`;
  return undefined;
}

function pathFault(segments: readonly string[]): string | undefined {
  if (segments.length === 0 || (segments.length === 1 && segments[0] === ""))
    return "The path is missing: say under which path the publisher makes its client_ids.";
  if (segments.at(-1) === "") return "The pattern ends with a slash: point at the document itself.";
  for (const segment of segments) {
    if (segment === "") return "There are two slashes in a row: each segment has a name.";
    if (/^\.+$/.test(segment)) return `The segment "${segment}" is collapsed by URL parsers: leave it out.`;
    if (segment !== "*" && segment.includes("*"))
      return `"${segment}" is partly a *. The * stands for one whole segment; write it alone between two slashes.`;
    if (segment !== "*" && !plain.test(segment))
      return `The segment "${visibleText(segment)}" holds a character that a path is not written with here.`;
  }
  if (!segments.includes("*"))
    return "There is no * in the pattern. It would be one client: add it as a client.";
  if (segments.every((segment) => segment === "*"))
    return "At least one segment is literal: otherwise every document of the host would be a client.";
  return undefined;
}

function hostOf(authority: string): string {
  return new URL(`https://${authority}/`).hostname;
}
