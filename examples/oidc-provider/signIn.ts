import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type Provider from "oidc-provider";

/**
 * A server for `provider` with a page that signs anyone in as `accountId` and consents to everything the allowlist left.
 * For trying the example: a real server brings its own accounts and consent.
 */
export function serveWithSignIn(provider: Provider, accountId = "alex"): Server {
  const protocol = provider.callback();
  return createServer((request, response) => {
    if (!request.url?.startsWith("/interaction/")) return protocol(request, response);
    interact(provider, accountId, request, response).catch((error: Error) =>
      response.writeHead(400, { "content-type": "text/plain" }).end(`${error.name}: ${error.message}\n`),
    );
  });
}

async function interact(
  provider: Provider,
  accountId: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const { params } = await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    const client = await provider.Client.find(params.client_id);
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(
      page(client?.clientName ?? params.client_id, params.client_id, params.scope ?? "", accountId),
    );
    return;
  }
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  if (params.scope) grant.addOIDCScope(params.scope);
  for (const resource of [params.resource ?? []].flat()) grant.addResourceScope(resource, params.scope ?? "");
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login: { accountId }, consent });
}

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function page(name: string, clientId: string, scope: string, accountId: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<body style="font:16px system-ui;max-width:32rem;margin:4rem auto">
<h1>Sign in to ${escape(name)}</h1>
<p><code>${escape(clientId)}</code> asks for <strong>${escape(scope) || "nothing"}</strong>.</p>
<form method="post"><button>Sign in as ${escape(accountId)}</button></form></body></html>`;
}
