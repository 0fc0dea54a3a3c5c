import { isObject } from "#lib/core/document/isObject.ts";
import { parseJson } from "#lib/core/document/parseJson.ts";

export interface Statement {
  readonly issuer?: string;
  /** Seconds since the Unix epoch. */
  readonly expires?: number;
  /** What it says about the client; empty when it cannot be read. */
  readonly claims: Readonly<Record<string, unknown>>;
}

// Claims about the statement itself, and what it may not speak about.
const about = new Set(["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "software_statement", "client_id"]);

/** Reads the payload of a `software_statement` (RFC 7591 §2.3). Its signature is not looked at. */
export function readStatement(members: Readonly<Record<string, unknown>>): Statement {
  const text = members["software_statement"];
  const payload = typeof text === "string" ? text.split(".")[1] : undefined;
  const value = payload === undefined ? undefined : parseJson(decode(payload)).value;
  if (!isObject(value)) return { claims: {} };
  const { iss, exp } = value;
  return {
    issuer: typeof iss === "string" ? iss : undefined,
    expires: typeof exp === "number" ? exp : undefined,
    claims: Object.fromEntries(Object.entries(value).filter(([name]) => !about.has(name))),
  };
}

function decode(base64url: string): string {
  if (!/^[\w-]*$/.test(base64url) || base64url.length % 4 === 1) return "";
  const bytes = Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (character) =>
    character.charCodeAt(0),
  );
  return new TextDecoder().decode(bytes);
}
