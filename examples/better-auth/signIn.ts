import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { toNodeHandler } from "better-auth/node";

interface Handler {
  handler(request: Request): Promise<Response>;
}

const person = { name: "Alex", email: "alex@example.com", password: "a password for trying out" };

/**
 * A server for `auth` with two pages: one signs anyone in as Alex, one consents to everything the allowlist left.
 * For trying the example: a real server brings its own.
 */
export function serveWithSignIn(auth: Handler, origin: string): Server {
  const protocol = toNodeHandler(auth);
  /** As a page's script would ask: Better Auth answers with the URL to go to. */
  const ask = (path: string, body: object, cookie = "") =>
    auth.handler(
      new Request(`${origin}/api/auth${path}`, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json", origin, cookie },
        body: JSON.stringify(body),
      }),
    );
  const known = ask("/sign-up/email", person);

  async function press(path: string, oauth_query: string, cookie?: string): Promise<Response> {
    await known;
    if (path === "/consent") return ask("/oauth2/consent", { accept: true, oauth_query }, cookie);
    return ask("/sign-in/email", { ...person, oauth_query }, cookie);
  }

  async function interact(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    if (request.method !== "POST") {
      const client = url.searchParams.get("client_id") ?? "";
      response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
      response.end(page(url.pathname, client, url.searchParams.get("scope") ?? ""));
      return;
    }
    const answer = await press(url.pathname, url.search.slice(1), request.headers.cookie);
    const said = (await answer.json()) as { url?: string };
    response.setHeader("set-cookie", answer.headers.getSetCookie());
    if (said.url) response.writeHead(303, { location: said.url }).end();
    else response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(said));
  }

  return createServer((request, response) => {
    const url = new URL(request.url ?? "/", origin);
    // RFC 8414 §3.1 puts the path of the issuer last; Better Auth answers where it is mounted.
    if (url.pathname === "/.well-known/oauth-authorization-server/api/auth")
      request.url = "/api/auth/.well-known/oauth-authorization-server";
    if (url.pathname !== "/sign-in" && url.pathname !== "/consent") return protocol(request, response);
    interact(request, response, url).catch((error: Error) =>
      response.writeHead(400, { "content-type": "text/plain" }).end(`${error.name}: ${error.message}\n`),
    );
  });
}

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

function page(path: string, clientId: string, scope: string): string {
  const button = path === "/sign-in" ? `Sign in as ${person.name}` : "Allow";
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<body style="font:16px system-ui;max-width:32rem;margin:4rem auto">
<p><code>${escape(clientId)}</code> asks for <strong>${escape(scope) || "nothing"}</strong>.</p>
<form method="post"><button>${button}</button></form></body></html>`;
}
