import { describe, expect, test } from "vitest";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { type Profile, profiles } from "#lib/core/profile.ts";
import type { Check } from "../Check.ts";
import type { CheckSubject } from "../CheckSubject.ts";
import { factsOf } from "../factsOf.ts";

/** Severities expected in order, joined by blanks; "" for silence. One for all profiles, or one for each named. */
type Expected = string | Partial<Record<Profile, string>>;

export interface Case extends Partial<Omit<CheckSubject, "document" | "keySet" | "clientId" | "profile">> {
  /** What is special about it; the default is the URL or the document. */
  readonly it?: string;
  readonly url?: string;
  /** Members laid over a sound document (undefined takes one away), a body as text or bytes, or null for no document. */
  readonly doc?: Readonly<Record<string, unknown>> | string | Uint8Array | null;
  /** Keys of a fetched set, or its body. */
  readonly jwks?: unknown;
  readonly is: Expected;
  /** What the first message must contain. */
  readonly says?: string;
  readonly path?: string;
}

export const soundUrl = "https://app.acme.com/oauth/client.json";

/** A document nothing is wrong with, in any profile. */
export const soundDocument = {
  client_id: soundUrl,
  client_name: "Acme Assistant",
  redirect_uris: ["https://app.acme.com/callback"],
  grant_types: ["authorization_code", "refresh_token"],
  response_types: ["code"],
  application_type: "native",
  token_endpoint_auth_method: "none",
  token_endpoint_auth_methods_supported: ["none"],
  contacts: ["oauth@acme.com"],
  software_version: "1.2",
  scope: "atproto",
  dpop_bound_access_tokens: true,
};

/** The table of one rule: every case in every profile it names. */
export function caseTable(check: Check, cases: readonly Case[]): void {
  describe(check.id, () => {
    for (const each of cases) {
      for (const profile of profiles) {
        const expected = typeof each.is === "string" ? each.is : each.is[profile];
        if (expected === undefined) continue;
        test(`${profile}: ${each.it ?? each.url ?? JSON.stringify(each.doc ?? each.jwks)} → ${expected || "nothing"}`, () => {
          const problems = check.run(factsOf(subjectOf(each, profile)));
          expect(problems.map(({ severity }) => severity ?? check.severity).join(" ")).toBe(expected);
          if (each.says !== undefined && expected !== "") expect(problems[0]?.message).toContain(each.says);
          if (each.path !== undefined && expected !== "") expect(problems[0]?.path).toBe(each.path);
        });
      }
    }
  });
}

export function subjectOf(
  { it: _it, url = soundUrl, doc = {}, jwks, is: _is, says: _says, path: _path, ...rest }: Case,
  profile: Profile,
): CheckSubject {
  return {
    ...rest,
    clientId: url,
    profile,
    document: doc === null ? undefined : parseDocument(bodyOf(doc, url)),
    keySet:
      jwks === undefined
        ? undefined
        : parseKeySet(Array.isArray(jwks) ? { keys: jwks } : jwks, "https://app.acme.com/jwks.json"),
  };
}

function bodyOf(
  doc: Readonly<Record<string, unknown>> | string | Uint8Array,
  url: string,
): string | Uint8Array {
  if (typeof doc === "string" || doc instanceof Uint8Array) return doc;
  return JSON.stringify({ ...soundDocument, client_id: url, ...doc });
}
