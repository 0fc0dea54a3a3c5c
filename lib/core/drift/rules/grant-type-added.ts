import type { DriftRule } from "../Drift.ts";
import { gained } from "../sameValue.ts";
import { quoted } from "../words.ts";

export const driftGrantTypeAdded: DriftRule = {
  id: "drift.grant-type-added",
  severity: "high",
  title: "New way to get tokens",
  rationale:
    "Each way has its own risks: some need no person present, some hand tokens to the browser, some to another device.",
  clause:
    "RFC 6749 §4; RFC 9700 §2.1.2, §2.4; RFC 8628 §5.4; draft-ietf-oauth-client-id-metadata-document-02 §8.4",
  effect: "growth",
  run: ({ before, after }) =>
    gained(before.metadata.grant_types, after.metadata.grant_types).map((grant) => ({
      message: `The client may now get tokens by ${quoted(grant)}: ${Object.hasOwn(words, grant) ? words[grant] : "a way that is not known here"}.`,
      path: "/grant_types",
      severity: Object.hasOwn(milder, grant) ? milder[grant] : undefined,
      after: [grant],
    })),
};

const milder: Readonly<Record<string, "medium" | "low">> = {
  refresh_token: "low",
  authorization_code: "medium",
};

const words: Readonly<Record<string, string>> = {
  authorization_code: "a person signs in and a code is sent to a callback",
  refresh_token: "access goes on after the person has left",
  client_credentials: "without any person",
  implicit: "tokens arrive in the address bar",
  password: "people type their password into the client",
  "urn:ietf:params:oauth:grant-type:device_code": "a person signs in on another device",
  "urn:ietf:params:oauth:grant-type:token-exchange": "one token is traded for another",
  "urn:ietf:params:oauth:grant-type:jwt-bearer": "somebody else's signed statement stands in for the person",
  "urn:ietf:params:oauth:grant-type:saml2-bearer":
    "somebody else's signed statement stands in for the person",
};
