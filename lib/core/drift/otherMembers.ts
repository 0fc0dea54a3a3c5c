import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { DriftSubject } from "./DriftSubject.ts";
import { protections } from "./protections.ts";
import { sameValue } from "./sameValue.ts";

/** Members that must never be in the document (draft -02 §4.1, RFC 7592 §3). */
export const forbiddenMembers: ReadonlySet<string> = new Set([
  "client_secret",
  "client_secret_expires_at",
  "registration_access_token",
]);

/** Where servers send people, requests or messages. */
export const flowUris: ReadonlySet<string> = new Set([
  "request_uris",
  "initiate_login_uri",
  "backchannel_client_notification_endpoint",
  "post_logout_redirect_uris",
  "backchannel_logout_uri",
  "frontchannel_logout_uri",
  "sector_identifier_uri",
  "claims_redirect_uris",
]);

export const flowSettings: ReadonlySet<string> = new Set([
  "authorization_details_types",
  "authorization_grant_profiles_supported",
  "subject_type",
  "token_endpoint_auth_signing_alg_values_supported",
]);

const told = new Set<string>([
  ...forbiddenMembers,
  ...flowUris,
  ...flowSettings,
  ...protections.map(({ name }) => name),
  "organization_name",
  "software_statement",
]);
const display = /^(?:client_name|logo_uri|client_uri|tos_uri|policy_uri|organization_name)#/;

export interface OtherMember {
  /** Safe to print. */
  readonly name: string;
  readonly path: string;
  /** Absent when there was none. */
  readonly from?: unknown;
  readonly to?: unknown;
}

/** Members that differ and that no rule of its own speaks about. */
export function otherMembers({ before, after }: DriftSubject): OtherMember[] {
  const [had, has] = [before.metadata.other, after.metadata.other];
  const names = new Set([...Object.keys(had), ...Object.keys(has)]);
  return [...names].sort().flatMap((name) => {
    if (told.has(name) || display.test(name) || /^tls_client_auth_/.test(name)) return [];
    const path = pointerStep(name);
    const [from, to] = [own(had, name), own(has, name)];
    if (sameValue(from, to)) return [];
    if (after.leaks.some((leak) => leak.path === path || leak.path.startsWith(`${path}/`))) return [];
    return [{ name: visibleText(name, 60), path, from, to }];
  });
}

/** Whether a member is a publisher's own by its name (a domain, a namespace) or only describes the JSON: no server acts on it. */
export function isPrivateMember(name: string): boolean {
  return /^[$@]|^[a-z\d-]+(?:\.[a-z\d-]+)+(?:[/_:].*)?$|^https?:/i.test(name);
}

/** A JSON value for a sentence. */
export function shownValue(value: unknown): string {
  return value === undefined || value === null ? "nothing" : visibleText(JSON.stringify(value), 120);
}

function own(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? (members[name] ?? undefined) : undefined;
}
