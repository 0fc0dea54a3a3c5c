import { day } from "#lib/core/Instant.ts";
import { isUnreachable } from "#lib/core/schedule/isUnreachable.ts";
import type { WatchRule } from "../../WatchRule.ts";
import type { ReachOutcome, ReachSubject } from "../ReachSubject.ts";

/** Failures that other rules do not speak of: the host is there or not, but it gives nothing away. */
const silent: ReadonlySet<ReachOutcome> = new Set<ReachOutcome>([
  "client_error",
  "server_error",
  "rate_limited",
  "timeout",
  "dns_error",
  "connect_error",
  "tls_error",
  "refused_url",
  "protocol_error",
]);

export const reachUnreachable: WatchRule<ReachSubject> = {
  id: "reach.unreachable",
  severity: "medium",
  title: "Document cannot be reached",
  rationale:
    "The last good copy stays in force, so nobody is locked out. But nobody sees either what has changed since, and a name that no longer answers is the first sign of one that was given up.",
  clause: "draft-ietf-oauth-client-id-metadata-document-02 §5.1 (three tries over half an hour are ours)",
  run({ kind, outcome, sentence, failures, failingSince, now }) {
    if (kind !== "document" || !silent.has(outcome)) return [];
    if (!isUnreachable(failures, failingSince, now)) return [];
    const severity = now - failingSince >= day ? ("high" as const) : undefined;
    const message = `The document could not be read ${failures} times in a row. ${sentence}`;
    return [{ message, severity, value: "" }];
  },
};
