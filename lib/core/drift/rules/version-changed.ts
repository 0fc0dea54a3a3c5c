import type { DriftRule } from "../Drift.ts";
import { isOlder } from "../isOlder.ts";
import { quoted } from "../words.ts";

export const driftVersionChanged: DriftRule = {
  id: "drift.version-changed",
  severity: "info",
  title: "New version",
  rationale: "The publisher counts versions and has counted one. Nothing follows from it.",
  clause: "RFC 7591 §2",
  effect: "neutral",
  run({ before, after }) {
    const [from, to] = [before.metadata.software_version, after.metadata.software_version];
    if (from === to || (from !== undefined && to !== undefined && isOlder(to, from))) return [];
    const message =
      to === undefined
        ? `The software version ${quoted(from ?? "")} is no longer named.`
        : `The software version is now ${quoted(to)}${from === undefined ? "" : ` (it was ${quoted(from)})`}.`;
    return [{ message, path: "/software_version", before: from, after: to }];
  },
};
