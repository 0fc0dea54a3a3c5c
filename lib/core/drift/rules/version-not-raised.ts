import type { DriftRule } from "../Drift.ts";
import { isOlder } from "../isOlder.ts";
import { sameValue } from "../sameValue.ts";
import { quoted } from "../words.ts";

export const driftVersionNotRaised: DriftRule = {
  id: "drift.version-not-raised",
  severity: "medium",
  title: "Changed without a new version",
  rationale:
    "A publisher who counts versions and changes the document without a new one did not make this change the usual way.",
  clause: "RFC 7591 §2 (software_version SHOULD change with any update)",
  effect: "neutral",
  run({ before, after }) {
    const [from, to] = [before.metadata.software_version, after.metadata.software_version];
    if (from === undefined || to === undefined) return [];
    const path = "/software_version";
    if (isOlder(to, from)) {
      const message = `The software version went back from ${quoted(from)} to ${quoted(to)}.`;
      return [{ message, path, before: from, after: to }];
    }
    const changed = told.filter((name) => !sameValue(before.metadata[name], after.metadata[name]));
    if (from !== to || changed.length === 0) return [];
    const message = `The software version is still ${quoted(to)}, although ${changed.join(", ")} changed.`;
    // It comes with every other change of a careless publisher: on its own it is nothing to wait for.
    return [{ message, path, severity: "low", before: from, after: to }];
  },
};

// Keys rotate and pictures move without a new version of the software.
const told = [
  "redirect_uris",
  "grant_types",
  "response_types",
  "scope",
  "application_type",
  "token_endpoint_auth_method",
  "token_endpoint_auth_methods_supported",
] as const;
