import { AuthorizationError, type ConsentDescription } from "@cloudflare/workers-oauth-provider";
import { approvedScopes, askRoster } from "./askRoster.ts";
import type { Env } from "./Env.ts";

const refusal = () => new Response("invalid_client: client is not approved\n", { status: 400 });

/** The authorization endpoint: the list is asked before the provider looks at the client, which fetches its document. */
export async function authorize(request: Request, env: Env): Promise<Response> {
  if (request.method === "POST") return approve(request, env);
  const asked = new URL(request.url).searchParams;
  const client_id = asked.get("client_id") ?? "";
  const redirect_uri = asked.get("redirect_uri") ?? undefined;
  const decision = await askRoster(env, { client_id, redirect_uri, resource: env.RESOURCE });
  if (decision.decision === "deny") return refusal();
  try {
    const parsed = await env.OAUTH_PROVIDER.parseAuthRequest(request);
    const narrowed = { ...parsed, scope: approvedScopes(decision, env.RESOURCE, parsed.scope) };
    const details = await env.OAUTH_PROVIDER.describeConsent(narrowed);
    const consent = await env.OAUTH_PROVIDER.beginConsent(narrowed);
    consent.headers.set("content-type", "text/html; charset=utf-8");
    return new Response(page(details, consent.handle), { headers: consent.headers });
  } catch (error) {
    if (!(error instanceof AuthorizationError)) throw error;
    if (error.redirectTo) return Response.redirect(error.redirectTo, 302);
    return new Response(`${error.code}: ${error.message}\n`, { status: 400 });
  }
}

/** The button of the page below. For trying out: a real server signs somebody in first. */
async function approve(request: Request, env: Env): Promise<Response> {
  const handle = (await request.formData()).get("handle");
  if (typeof handle !== "string") return new Response("no handle\n", { status: 400 });
  const approved = await env.OAUTH_PROVIDER.approveConsent(request, handle);
  const { clientId, redirectUri, scope } = approved.request;
  const question = { client_id: clientId, redirect_uri: redirectUri, resource: env.RESOURCE };
  const decision = await askRoster(env, question);
  if (decision.decision === "deny") return refusal();
  const { redirectTo } = await env.OAUTH_PROVIDER.completeAuthorization({
    request: approved.request,
    userId: "alex",
    metadata: {},
    scope: approvedScopes(decision, env.RESOURCE, scope),
    props: { userId: "alex", clientId },
  });
  approved.headers.set("location", redirectTo);
  return new Response(null, { status: 302, headers: approved.headers });
}

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function page(details: ConsentDescription, handle: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Allow access</title>
<body style="font:16px system-ui;max-width:32rem;margin:4rem auto">
<h1>Allow ${escape(details.clientName)}?</h1>
<p>Published by <strong>${escape(details.clientDomain ?? "somebody unknown")}</strong>. Access to
<strong>${escape(details.scope.join(" ")) || "nothing"}</strong> goes to <strong>${escape(details.redirectHost)}</strong>.</p>
<form method="post"><input type="hidden" name="handle" value="${escape(handle)}"><button>Allow</button></form></body></html>`;
}
