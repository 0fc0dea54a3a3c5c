import type { UriParts } from "./splitUri.ts";

/** The ways a URL differs from its canonical spelling (RFC 3986 §6.2.2), each a phrase; empty when it does not. */
export function nonCanonicalParts(parts: UriParts): string[] {
  const untidy: string[] = [];
  const { scheme, host = "", path, port } = parts;
  if (scheme !== scheme.toLowerCase()) untidy.push(`the scheme "${scheme}" is not in lower case`);
  if (host.includes("%")) untidy.push(`the host "${host}" is percent-encoded`);
  else if (host !== host.toLowerCase()) untidy.push(`the host "${host}" is not in lower case`);
  if (host.endsWith(".")) untidy.push(`the host "${host}" ends with a dot`);
  if (port !== undefined && /^0\d/.test(port)) untidy.push(`the port "${port}" begins with 0`);
  if (path.includes("//")) untidy.push(`the path contains "//"`);
  const needless = needlessEncoding(path) ?? needlessEncoding(parts.query ?? "");
  if (needless !== undefined) untidy.push(`"${needless}" need not be percent-encoded`);
  const lower = /%(?:[a-f][0-9a-f]|[0-9a-f][a-f])/i.exec(path)?.[0];
  if (lower !== undefined && !/%2e/i.test(lower) && lower !== lower.toUpperCase())
    untidy.push(`"${lower}" is not in upper case`);
  return untidy;
}

function needlessEncoding(text: string): string | undefined {
  // Dots are left to the dot-segment problem, which is graver.
  return /%(?:2d|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a]|7e)/i.exec(text)?.[0];
}
