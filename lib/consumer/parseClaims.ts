import { HeadRefused } from "./HeadRefused.ts";
import { parseJsonObject } from "./parseJsonObject.ts";
import type { HeadClaims } from "./wire.ts";

const hash = /^[0-9a-f]{64}$/;
const maxDenies = 200;
const understood = new Set(
  "iss sub iat exp v epoch seq rev prev ttl root count deny ns keys_version log crit".split(" "),
);

/**
 * Reads the payload of a head whose signature was verified (docs/allowlist.md §2). Unknown claims are ignored
 * unless `crit` names them; anything of another type is refused, so that nothing is ever guessed.
 */
export function parseClaims(payload: Uint8Array): HeadClaims {
  const claims =
    parseJsonObject(payload) ?? refuse("malformed", "The payload of the head is not a JSON object.");
  if (claims.v !== 1) refuse("unknown_version", `The head is of version ${String(claims.v)}.`);
  if (claims.crit !== undefined) checkCritical(claims.crit);
  for (const name of ["iss", "sub"]) if (typeof claims[name] !== "string") malformed(name);
  for (const name of ["iat", "exp", "count"]) if (!Number.isSafeInteger(claims[name])) malformed(name);
  for (const name of ["epoch", "seq", "rev", "ttl"])
    if (!Number.isSafeInteger(claims[name]) || (claims[name] as number) < 1) malformed(name);
  if (typeof claims.root !== "string" || !hash.test(claims.root)) malformed("root");
  if (claims.prev !== undefined && (typeof claims.prev !== "string" || !hash.test(claims.prev)))
    malformed("prev");
  if (claims.ns !== undefined && (typeof claims.ns !== "string" || !hash.test(claims.ns))) malformed("ns");
  if (claims.keys_version !== undefined && !isCount(claims.keys_version, 1)) malformed("keys_version");
  if (claims.log !== undefined && !isCheckpoint(claims.log)) malformed("log");
  if (!Array.isArray(claims.deny) || claims.deny.length > maxDenies || !claims.deny.every(isDeny))
    malformed("deny");
  return claims as unknown as HeadClaims;
}

function checkCritical(crit: unknown): void {
  if (!Array.isArray(crit) || !crit.every((name) => typeof name === "string")) malformed("crit");
  const unknown = crit.filter((name) => !understood.has(name));
  if (unknown.length > 0)
    refuse(
      "unknown_critical_claim",
      `The head needs claims this version does not know: ${unknown.join(" ")}.`,
    );
}

function isCount(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function isCheckpoint(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { origin, size, root } = value as Record<string, unknown>;
  return typeof origin === "string" && isCount(size, 0) && typeof root === "string" && hash.test(root);
}

/** A deny that names nothing we know would be a deny not applied: the publisher must use `crit` for new kinds. */
function isDeny(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const selectors = ["client_id", "host", "jkt"].map((name) => (value as Record<string, unknown>)[name]);
  return (
    selectors.some((each) => each !== undefined) &&
    selectors.every((each) => each === undefined || typeof each === "string")
  );
}

function malformed(name: string): never {
  return refuse("malformed", `The claim ${name} of the head is missing or of the wrong form.`);
}

function refuse(code: "malformed" | "unknown_version" | "unknown_critical_claim", sentence: string): never {
  throw new HeadRefused(code, sentence);
}
