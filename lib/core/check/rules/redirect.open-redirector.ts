import type { Check } from "../Check.ts";
import { eachRedirect } from "../eachRedirect.ts";

export const redirectOpenRedirector: Check = {
  id: "redirect.open-redirector",
  severity: "warning",
  title: "Redirect that may send on",
  rationale:
    "A callback that forwards to an address in its own query passes the code on to whoever writes that address.",
  clause: "RFC 9700 §4.11",
  example: "https://app.acme.com/redirect?url=https://app.acme.com/done",
  run: (facts) =>
    eachRedirect(facts, ({ parts }, shown) => {
      const name = parts?.query
        ?.split("&")
        .map((pair) => pair.split("=")[0]?.toLowerCase() ?? "")
        .find((each) => forwarding.has(each));
      return (
        name && `${shown} takes an address in "${name}" and may forward to it. Use a callback that does not.`
      );
    }),
};

const forwarding = new Set([
  "url",
  "uri",
  "next",
  "redirect",
  "redir",
  "redirect_uri",
  "redirect_url",
  "redirecturl",
  "return",
  "return_to",
  "returnto",
  "return_url",
  "returnurl",
  "goto",
  "go",
  "to",
  "dest",
  "destination",
  "continue",
  "target",
  "forward",
  "callback_url",
  "rurl",
  "u",
]);
