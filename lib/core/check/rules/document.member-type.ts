import { isObject } from "#lib/core/document/isObject.ts";
import type { Check } from "../Check.ts";

export const documentMemberType: Check = {
  id: "document.member-type",
  severity: "error",
  title: "Member of the wrong type",
  rationale: "A value of the wrong type is ignored by some servers and read in their own way by others.",
  clause: "RFC 7591 §2; OpenID Connect Registration 1.0 §2",
  example: '"grant_types": "authorization_code"',
  run({ members = {} }) {
    return types.flatMap(([name, words, fits, severity]) => {
      const value = members[name];
      if (value === undefined || fits(value)) return [];
      return [{ message: `${name} is not ${words}.`, path: `/${name}`, severity }];
    });
  },
};

const isText = (value: unknown) => typeof value === "string";
const isList = (value: unknown) => Array.isArray(value) && value.every(isText);

const types: readonly [string, string, (value: unknown) => boolean, "error" | "warning"][] = [
  ["grant_types", "an array of strings", isList, "error"],
  ["response_types", "an array of strings", isList, "error"],
  ["token_endpoint_auth_method", "a string", isText, "error"],
  ["token_endpoint_auth_methods_supported", "an array of strings", isList, "error"],
  ["token_endpoint_auth_signing_alg", "a string", isText, "error"],
  ["application_type", "a string", isText, "error"],
  ["scope", "a string of names separated by blanks", isText, "error"],
  ["jwks", "an object", isObject, "error"],
  ["jwks_uri", "a string", isText, "error"],
  ["contacts", "an array of strings", isList, "warning"],
  ["client_uri", "a string", isText, "warning"],
  ["logo_uri", "a string", isText, "warning"],
  ["tos_uri", "a string", isText, "warning"],
  ["policy_uri", "a string", isText, "warning"],
  ["software_id", "a string", isText, "warning"],
  ["software_version", "a string", isText, "warning"],
];
