import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { redirectClassWords } from "./countRedirects.ts";
import type { ExplainedRedirect } from "./ExplainedRedirect.ts";

/** One thing a document means, for a manager. `tone` says whether a reviewer should stop at it. */
export interface Meaning {
  readonly topic: "who" | "codes" | "authenticates" | "asks" | "acts";
  readonly sentence: string;
  readonly tone: "plain" | "careful";
}

const idJag = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const tokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange";

/** What a document means in plain sentences: who it is, where codes go, how it authenticates, what it may ask for, how it acts. */
export function explainDocument(
  metadata: EffectiveMetadata,
  subject: { host: string; redirects: readonly ExplainedRedirect[]; usableKeys: number },
): Meaning[] {
  return [
    who(metadata, subject.host),
    codes(metadata, subject.redirects),
    authenticates(metadata, subject.usableKeys),
    asks(metadata),
    ...acts(metadata),
  ];
}

function who({ client_name, client_uri }: EffectiveMetadata, host: string): Meaning {
  const claim = client_name
    ? `It calls itself “${visibleText(client_name, 80)}”.`
    : "It gives itself no name, so people see only its address.";
  const site = client_uri ? ` It names ${visibleText(client_uri, 120)} as its home.` : "";
  return plain(
    "who",
    `${claim}${site} Proved is only that whoever runs ${host} publishes this document; the rest is its own word.`,
  );
}

function codes(metadata: EffectiveMetadata, redirects: readonly ExplainedRedirect[]): Meaning {
  const usesCodes = metadata.grant_types.includes("authorization_code");
  if (redirects.length === 0)
    return usesCodes
      ? careful("codes", "It uses authorization codes but names no redirect URI, so no sign-in can end.")
      : plain("codes", "It never receives an authorization code: it has no redirect.");
  const groups = new Map<string, ExplainedRedirect[]>();
  for (const redirect of redirects)
    groups.set(redirect.class, [...(groups.get(redirect.class) ?? []), redirect]);
  const parts = [...groups].map(([kind, group]) => {
    const n = group.length === 1 ? "one address" : `${group.length} addresses`;
    return `${n} ${place(kind, group)}`;
  });
  const safe = [...groups.keys()].every((kind) => kind === "same_host" || kind === "same_site");
  const sentence = `After a sign-in, codes go to ${list(parts)}.`;
  return safe ? plain("codes", sentence) : careful("codes", sentence);
}

function place(kind: string, group: readonly ExplainedRedirect[]): string {
  switch (kind) {
    case "same_host":
      return "on its own host";
    case "same_site":
      return "on another host of the same site";
    case "other_site":
      return `on another organisation's site (${list([...new Set(group.map((each) => hostOf(each.uri)))])})`;
    case "loopback":
      return "on the person's own computer, any port: every program there can listen";
    case "shared_host":
      return `on shared hosting (${list([...new Set(group.map((each) => hostOf(each.uri)))])})`;
    case "private_scheme":
      return "in an installed app, by a private scheme that another app may claim";
    case "http_remote":
      return `over unencrypted HTTP (${list([...new Set(group.map((each) => hostOf(each.uri)))])}), where anyone on the way can read them`;
    default:
      return `of the kind “${redirectClassWords(kind)}”`;
  }
}

function authenticates(metadata: EffectiveMetadata, usableKeys: number): Meaning {
  const method = metadata.token_endpoint_auth_method;
  const weaker =
    method !== "none" && metadata.token_endpoint_auth_methods_supported.includes("none")
      ? " It also offers to come without any: the allowlist pins the stronger one."
      : "";
  if (method === "none")
    return careful(
      "authenticates",
      "It does not authenticate itself. Only PKCE ties a code to the program that asked for it.",
    );
  if (method === "private_key_jwt") {
    const keys = usableKeys === 1 ? "one public key" : `${usableKeys} public keys`;
    const where = metadata.jwks_uri ? ` at ${visibleText(metadata.jwks_uri, 120)}` : " inside the document";
    return usableKeys === 0
      ? careful(
          "authenticates",
          "It says that it signs with a private key, but no usable public key was found.",
        )
      : plain("authenticates", `It signs with a private key and publishes ${keys}${where}.${weaker}`);
  }
  return careful("authenticates", `It authenticates with ${visibleText(method, 60)}.${weaker}`);
}

function asks({ scope }: EffectiveMetadata): Meaning {
  if (scope.length === 0)
    return plain("asks", "It names no scopes of its own. What it may ask for is what is granted here.");
  const named = scope.slice(0, 8).map((each) => visibleText(each, 60));
  const rest = scope.length > 8 ? ` and ${scope.length - 8} more` : "";
  return plain(
    "asks",
    `It says that it may ask for ${named.join(", ")}${rest}. Only what is granted here counts.`,
  );
}

function acts({ grant_types }: EffectiveMetadata): Meaning[] {
  const found: Meaning[] = [];
  if (grant_types.includes("refresh_token"))
    found.push(
      plain("acts", "It may stay signed in with refresh tokens until the approval ends or is withdrawn."),
    );
  if (grant_types.includes("client_credentials"))
    found.push(careful("acts", "It may act on its own, with no person present (client_credentials)."));
  if (grant_types.includes(idJag))
    found.push(
      plain("acts", "Your identity provider may sign people in to it by an assertion (jwt-bearer)."),
    );
  if (grant_types.includes(tokenExchange))
    found.push(careful("acts", "It may exchange tokens that it holds for other tokens (token-exchange)."));
  for (const outdated of ["implicit", "password"])
    if (grant_types.includes(outdated))
      found.push(careful("acts", `It asks for the ${outdated} grant, which RFC 9700 forbids.`));
  return found;
}

function hostOf(uri: string): string {
  return visibleText(URL.parse(uri)?.host ?? uri, 80);
}

function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function plain(topic: Meaning["topic"], sentence: string): Meaning {
  return { topic, sentence, tone: "plain" };
}

function careful(topic: Meaning["topic"], sentence: string): Meaning {
  return { topic, sentence, tone: "careful" };
}
