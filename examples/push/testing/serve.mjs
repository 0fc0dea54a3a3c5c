import { createServer } from "node:http";

/**
 * A JSON service on loopback. `answer` gets the method, the URL and the body, and gives `[status, body, headers?]`.
 *
 * @returns {Promise<{base: string, calls: string[], close: () => void}>}
 */
export async function serve(answer) {
  const calls = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const url = new URL(request.url, "http://service");
    calls.push(`${request.method} ${url.pathname}`);
    const body = text === "" ? undefined : JSON.parse(text);
    const [status, reply, headers = {}] = answer(request.method, url, body, request.headers);
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(reply === undefined ? "" : JSON.stringify(reply));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const close = () => (server.closeAllConnections(), server.close());
  return { base: `http://127.0.0.1:${server.address().port}`, calls, close };
}
