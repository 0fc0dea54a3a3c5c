import type { Decision, Question } from "./Decision.ts";
import { redirectMatches } from "./redirectMatches.ts";
import type { SightingLine } from "./wire.ts";

type Shape = SightingLine["shape"];

const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d{1,5}(?=[/?#]|$)/;
const longestText = 1024;
const mostScopes = 50;
const mostResources = 10;

/**
 * What a server asked about a client, as it is reported: nothing of an end user. The port of a loopback redirect is
 * written as 0, since it is another one each time, and scopes are sorted. What the list does not have may have been
 * written by anyone, so of such a redirect or resource neither query nor fragment is told.
 */
export function sightedShape(question: Question, { entry }: Pick<Decision, "entry">): Shape {
  const { redirect_uri, token_endpoint_auth_method, grant_type, jkt, document_sha256 } = question;
  const isListed = (uri: string) => entry?.redirect_uris?.some((each) => redirectMatches(each, uri)) ?? false;
  const resources = listOf(question.resource);
  const scopes = question.scopes ?? listOf(question.scope?.split(" ").filter(Boolean));
  return {
    ...(redirect_uri === undefined
      ? {}
      : {
          redirect_uri: cut(
            (isListed(redirect_uri) ? redirect_uri : bare(redirect_uri)).replace(loopback, "$1:0"),
          ),
        }),
    ...(token_endpoint_auth_method === undefined
      ? {}
      : { token_endpoint_auth_method: cut(token_endpoint_auth_method, 100) }),
    ...(grant_type === undefined ? {} : { grant_type: cut(grant_type, 200) }),
    ...(resources.length === 0
      ? {}
      : {
          resource: sorted(
            resources.map((uri) =>
              cut(entry?.grants?.some((grant) => grant.resource === uri) ? uri : bare(uri)),
            ),
            mostResources,
          ),
        }),
    ...(scopes.length === 0
      ? {}
      : {
          scopes: sorted(
            scopes.map((scope) => cut(scope, 200)),
            mostScopes,
          ),
        }),
    ...(jkt === undefined ? {} : { jkt: jkt === null ? null : cut(jkt, 100) }),
    ...(document_sha256 === undefined ? {} : { document_sha256: cut(document_sha256, 100) }),
  };
}

/** Without userinfo, query and fragment; what had a query still says that it had one. */
function bare(uri: string): string {
  const path = uri.replace(/[?#].*$/s, "").replace(/^([a-z][a-z0-9+.-]*:[/\\]*)[^/\\]*@/i, "$1");
  return uri.includes("?") ? `${path}?` : path;
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

function sorted(values: readonly string[], most: number): string[] {
  return [...new Set(values)].sort().slice(0, most);
}

function cut(text: string, most = longestText): string {
  return text.length > most ? text.slice(0, most) : text;
}
