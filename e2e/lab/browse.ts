import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";

/** What a person saw and where the browser ended up. */
export interface Visit {
  /** The redirect back to the client, when there was one; it is not followed. */
  readonly callback?: URL;
  /** Status and text of the page the journey ended on otherwise. */
  readonly status: number;
  readonly text: string;
}

/** A browser of plain requests and a cookie jar: opens `start`, presses the one button of every form, stops at `redirectUri`. */
export async function browse(start: URL, redirectUri: string): Promise<Visit> {
  const jar = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const { status, headers, text } = await navigate(url, cookie, form);
    form = undefined;
    for (const line of headers["set-cookie"] ?? []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    if (headers.location !== undefined) {
      url = new URL(headers.location, url);
      if (url.href.startsWith(redirectUri)) return { callback: url, status, text };
    } else if (status === 200 && text.includes("<button>")) {
      form = hiddenFields(text);
    } else {
      return { status, text };
    }
  }
  throw new Error(`The browser went in circles, last at ${url.href}`);
}

/** A page opened by a person: `fetch` would say that a script asks, and some servers answer a script otherwise. */
async function navigate(url: URL, cookie: string, form?: URLSearchParams) {
  const type = form && { "content-type": "application/x-www-form-urlencoded" };
  const headers = { cookie, accept: "text/html", "sec-fetch-mode": "navigate", origin: url.origin, ...type };
  const asked = request(url, { method: form ? "POST" : "GET", headers, agent: false }).end(form?.toString());
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) };
}

function hiddenFields(page: string): URLSearchParams {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
  return new URLSearchParams([...inputs].map(([, name = "", value = ""]) => [name, value]));
}
