import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { isUnread } from "../isUnread.ts";

export const fetchUnreachable: Check = {
  id: "fetch.unreachable",
  severity: "error",
  title: "No usable answer",
  rationale:
    "A failed fetch says nothing about trust. While an earlier good copy is kept this is a warning; without one there is nothing to approve.",
  clause: `${draft("§5, §5.1")}; grace is ours`,
  example: "A bot challenge for data centres, or a timeout",
  run(facts) {
    const words = facts.fetchOutcome === undefined ? undefined : failures[facts.fetchOutcome];
    const status = facts.response?.status;
    if (words === undefined && !isUnread(facts)) return [];
    const what = words ?? `The URL answered ${status}.`;
    const severity = facts.lastGoodCopy ? "warning" : "error";
    const next = facts.lastGoodCopy
      ? "The last good copy stays in force."
      : "Make it reachable, or attest a copy by hand.";
    return [{ message: `${what} ${next}`, path: "response", severity }];
  },
};

/** Outcomes that no other check explains. */
const failures: Partial<Record<FetchOutcome, string>> = {
  challenged: "The URL answered with a bot challenge.",
  timeout: "The URL did not answer in time.",
  dns_error: "The host name could not be resolved.",
  connect_error: "The host refused the connection.",
  refused_url: "The URL is not one that is fetched.",
  bad_encoding: "The answer was compressed although none was asked for.",
  protocol_error: "The answer was not proper HTTP.",
};
