import { createServer, type RequestListener, type Server } from "node:http";
import { problem } from "./problem.ts";

/**
 * The server in front of everything: what of a request line and a connection would confuse whoever answers ends here.
 * @param idle milliseconds without a byte in either direction after which a connection is ended; longer than a held poll
 */
export function createWebServer(answer: RequestListener, idle = 120_000): Server {
  const server = createServer(
    {
      requestTimeout: 60_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 75_000,
      // Who offers another protocol, as some clients do with every request (h2c), is answered in this one. Once upgraded,
      // a socket would be nobody's: no answer, and no time limit.
      shouldUpgradeCallback: () => false,
    },
    (request, response) => {
      const { method, url = "/" } = request;
      if (method === "TRACE")
        return problem(response, 405, "method-not-allowed", "TRACE is not answered.", { allow: "GET, HEAD" });
      // Nothing here is named with a NUL, and PostgreSQL holds none: looking for one would pass for an outage.
      if (url.includes("%00")) return problem(response, 404, "unknown-path", "No address holds a NUL.");
      request.url = originForm(url);
      answer(request, response);
    },
  );
  // Whoever asks for much and never reads it would hold the connection for ever.
  server.timeout = idle;
  return server;
}

/** The path and query of a request target that was written as a whole URL (RFC 9112 §3.2.2): whom it names is not looked at. */
function originForm(target: string): string {
  if (target.startsWith("/")) return target;
  const url = URL.parse(target);
  return url?.pathname.startsWith("/") ? url.pathname + url.search : "/";
}
