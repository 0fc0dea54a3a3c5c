import { isPattern } from "./matchPattern.ts";
import type { NamespaceEntry } from "./wire.ts";

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === "string";
const isNumber: Test = (value) => typeof value === "number";
const isTexts: Test = (value) => Array.isArray(value) && value.every(isText);
const isGrant: Test = (value) => isRecord(value) && isText(value.resource) && isTexts(value.scopes);

const members: Readonly<Record<string, Test>> = {
  pattern: isPattern,
  status: (value) => value === "allow" || value === "deny",
  reason: isText,
  redirect_hosts: isTexts,
  loopback: (value) => typeof value === "boolean",
  token_endpoint_auth_methods: isTexts,
  jwks_host: isText,
  grant_types: isTexts,
  grants: (value) => Array.isArray(value) && value.every(isGrant),
  exp: isNumber,
  max_stale: isNumber,
  ref: isText,
};

/**
 * Reads the namespaces of an object, in its order. Undefined when any of them says something this version does not
 * understand: a member it does not know may be a limit, so nothing under any of them is admitted.
 */
export function parseNamespaces(value: unknown): readonly NamespaceEntry[] | undefined {
  if (!isRecord(value) || value.v !== 1 || !Array.isArray(value.namespaces)) return undefined;
  return value.namespaces.every(isUnderstood) ? (value.namespaces as NamespaceEntry[]) : undefined;
}

function isUnderstood(value: unknown): boolean {
  return (
    isRecord(value) &&
    value.pattern !== undefined &&
    value.status !== undefined &&
    Object.entries(value).every(([name, each]) => Object.hasOwn(members, name) && members[name]?.(each))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
