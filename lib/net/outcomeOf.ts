import { visibleText } from "#lib/core/document/visibleText.ts";
import type { FetchOutcome } from "#lib/core/fetch/Fetched.ts";

export interface Ending {
  readonly outcome: FetchOutcome;
  readonly sentence: string;
}

type Headers = Readonly<Record<string, string>>;

/** Headers by which bot protection says that it, and not the site, answered. */
const challengeMarks = ["cf-mitigated", "x-amzn-waf-action", "x-vercel-mitigated"];

/** What the head of an answer means. `isConditional`: validators were sent. */
export function outcomeOf(status: number, headers: Headers, isConditional: boolean): Ending {
  if (status === 304) return notModified(isConditional);
  if (isChallenge(status, headers)) {
    return end(
      "challenged",
      `A bot challenge answered (${status}), not the site. The last good copy is kept; ask the publisher to let this fetcher in.`,
    );
  }
  if (status === 200) return end("ok", "The answer was read.");
  if (status >= 300 && status < 400) {
    const to = headers["location"] === undefined ? "" : ` to ${visibleText(headers["location"])}`;
    return end(
      "redirect",
      `The server redirects${to} (${status}). Redirects are never followed; serve it at the URL itself.`,
    );
  }
  if (status === 404 || status === 410)
    return end("not_found", `Nothing is there (${status}). Ask the publisher whether it moved.`);
  if (status === 429)
    return end("rate_limited", "The server asks for fewer requests (429). The next visit waits.");
  if (status >= 500) return end("server_error", `The server failed (${status}). It is tried again later.`);
  if (status >= 400)
    return end(
      "client_error",
      `The server refuses the request (${status}). It must be public: ask the publisher.`,
    );
  return end("protocol_error", `The server answered ${status}; only 200 counts as an answer.`);
}

function notModified(isConditional: boolean): Ending {
  if (isConditional) return end("not_modified", "Unchanged since the last visit.");
  return end(
    "protocol_error",
    "The server said “not modified” to a request without conditions. Its cache is set up wrongly.",
  );
}

/** A mark, or a web page where a machine refused; with Retry-After a page is an honest "later". */
function isChallenge(status: number, headers: Headers): boolean {
  if (challengeMarks.some((name) => headers[name] !== undefined)) return true;
  const isPage = /^\s*text\/html\b/i.test(headers["content-type"] ?? "");
  if (!isPage) return false;
  return status === 403 || ((status === 429 || status === 503) && headers["retry-after"] === undefined);
}

function end(outcome: FetchOutcome, sentence: string): Ending {
  return { outcome, sentence };
}
