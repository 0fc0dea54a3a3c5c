import type { Sync } from "#lib/core/client.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";

/** What stands in for a document that cannot be read. */
export type CopyState = "none" | "last_good" | "waiting" | "attested" | "overdue";

export interface UnreadAdvice {
  /** What happened, in a sentence. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
}

/** What to do about a document that cannot be read. */
export function adviseUnread(sync: Sync, outcome: FetchOutcome | null, copy: CopyState): UnreadAdvice {
  return { what: whatHappened(sync, outcome), todo: copyAdvice(copy) ?? reachAdvice(sync, copy) };
}

function whatHappened(sync: Sync, outcome: FetchOutcome | null): string {
  switch (sync) {
    case "challenged":
      return "The host asks whoever comes for a browser. It does so for programs in data centres; people may read it.";
    case "gone":
      return "The host says that the document is not there any more.";
    case "never_fetched":
      return "The document was never read.";
    default:
      return outcomes[outcome ?? "connect_error"] ?? "The document cannot be reached.";
  }
}

const outcomes: Partial<Record<FetchOutcome, string>> = {
  timeout: "The host does not answer in time.",
  dns_error: "The name of the host leads nowhere.",
  connect_error: "The host does not answer.",
  tls_error: "The certificate of the host cannot be trusted.",
  server_error: "The host answers with an error of its own.",
  rate_limited: "The host says that it is asked too often.",
  client_error: "The host refuses the request.",
  redirect: "The host sends elsewhere, and servers do not follow.",
  refused_address: "The name leads to an address that is never asked.",
  too_large: "The answer is larger than servers read.",
};

function copyAdvice(copy: CopyState): string | undefined {
  if (copy === "waiting") return "A copy waits for a second person: compare it.";
  if (copy === "overdue") return "The attested copy is past its date: upload what the document says now.";
  return undefined;
}

function reachAdvice(sync: Sync, copy: CopyState): string {
  if (sync === "gone")
    return "Ask the owner whether the client still exists. If it does not, retire it: whoever gets the name next could publish there.";
  if (copy === "attested")
    return "People vouch for the copy. Ask the vendor to let Rollcall read the document.";
  if (sync === "challenged")
    return copy === "none"
      ? "Upload a copy for a second person to compare, and ask the vendor to let Rollcall read the document."
      : "The last good copy stands. Upload a newer one when it grows old, and ask the vendor to let Rollcall read the document.";
  return copy === "none"
    ? "Fetch it now. If it stays away, ask the owner, or upload a copy."
    : "The last good copy stands. Fetch it now; if it stays away, ask the owner.";
}
