import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";
import { isUnread } from "../isUnread.ts";

export const fetchStatus: Check = {
  id: "fetch.status",
  severity: "error",
  title: "Status other than 200",
  rationale:
    "A document counts only when it is served with 200; everything else is an error page, however it looks.",
  clause: draft("§5"),
  example: "404 Not Found",
  run(facts) {
    const status = facts.response?.status;
    if (status === undefined || status === 200 || (status >= 300 && status < 400) || isUnread(facts))
      return [];
    return [
      { message: `The URL answered ${status}. Serve the document there with status 200.`, path: "response" },
    ];
  },
};
