import type { Check } from "../Check.ts";
import { declaredMethods } from "../declaredMethods.ts";
import { draft } from "../draft.ts";

export const documentCouldAuthenticate: Check = {
  id: "document.could-authenticate",
  severity: "warning",
  title: "Public client on a web server",
  rationale:
    "All its codes go to web servers, which can keep a key. Without one, whoever gets hold of a code and its verifier can redeem it. An app that runs in the browser alone has no choice.",
  clause: `${draft("§8.2")} (SHOULD); RFC 9700 §2.5`,
  example: '"none" with only https://app.acme.com/callback',
  run({ members, metadata, redirects }) {
    const isPublic = metadata !== undefined && declaredMethods(metadata).every((method) => method === "none");
    // The https redirect of a native app is a link the app has claimed, not a server.
    const onServers =
      redirects.length > 0 && redirects.every(({ parts }) => parts?.scheme.toLowerCase() === "https");
    if (!isPublic || !onServers || metadata.application_type === "native") return [];
    return [
      {
        message:
          "The client does not authenticate although all its redirects lead to web servers. If it has a server part, use private_key_jwt with a jwks_uri.",
        path: members?.["token_endpoint_auth_method"] === undefined ? "" : "/token_endpoint_auth_method",
      },
    ];
  },
};
