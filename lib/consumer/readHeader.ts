import { parseJsonObject } from "./parseJsonObject.ts";

export type HeaderFault = "malformed" | "header_not_allowed" | "alg_not_allowed" | "wrong_typ";

/**
 * The header of a compact JWS: exactly alg, kid and typ. Whatever else a header can say (crit, jwk, jku, x5c, b64,
 * zip) is refused unread. `what` names the thing in sentences, "head" or "key set".
 */
export function readHeader(
  jws: string,
  expected: { readonly what: string; readonly typ: string; readonly algs: readonly string[] },
  refuse: (code: HeaderFault, sentence: string) => never,
): { kid: string; alg: string } {
  const { what } = expected;
  const header = decode(jws) ?? refuse("malformed", `The ${what} is not a compact JWS.`);
  const extra = Object.keys(header).filter((name) => !["alg", "kid", "typ"].includes(name));
  if (extra.length > 0) refuse("header_not_allowed", `The header of the ${what} carries ${extra.join(" ")}.`);
  const { alg, kid, typ } = header;
  if (typeof alg !== "string" || !expected.algs.includes(alg))
    return refuse("alg_not_allowed", `The algorithm ${String(alg)} is not accepted.`);
  if (typ !== expected.typ) refuse("wrong_typ", `The typ of the ${what} is ${String(typ)}.`);
  if (typeof kid !== "string") return refuse("malformed", `The header of the ${what} has no kid.`);
  return { kid, alg };
}

/**
 * Undefined unless there are three parts in base64url as RFC 7515 §2 has it, which libraries read more freely: whoever
 * carries a head must not be able to give it other bytes.
 */
function decode(jws: string): Record<string, unknown> | undefined {
  const parts = jws.split(".").map((text) => ({ text, bytes: Buffer.from(text, "base64url") }));
  const [header] = parts;
  const isWritten = parts.every(({ text, bytes }) => bytes.toString("base64url") === text);
  return header && parts.length === 3 && isWritten ? parseJsonObject(header.bytes) : undefined;
}
