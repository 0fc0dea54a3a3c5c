import { sha256Hex } from "#lib/core/sha256.ts";
import type { SightingShape } from "./SightingShape.ts";

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d{1,5}(?=[/?#]|$)/;
const members = [
  "redirect_uri",
  "token_endpoint_auth_method",
  "grant_type",
  "resource",
  "scopes",
  "jkt",
  "document_sha256",
] as const;

/** A shape as it is stored, whoever wrote it: members in one order, loopback ports 0, lists sorted and each value once. */
export function normalShape(shape: SightingShape): SightingShape {
  const given: Record<string, unknown> = {};
  for (const member of members) {
    const value = shape[member];
    if (value === undefined) continue;
    if (Array.isArray(value)) {
      if (value.length > 0) given[member] = [...new Set(value as readonly string[])].sort();
    } else given[member] = member === "redirect_uri" ? String(value).replace(loopback, "$1:0") : value;
  }
  return given;
}

/** Names a normal shape: hex SHA-256 over its JSON. */
export function shapeDigest(shape: SightingShape): string {
  return sha256Hex(JSON.stringify(shape));
}
