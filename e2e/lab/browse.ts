/** What a person saw and where the browser ended up. */
export interface Visit {
  /** The redirect back to the client, when there was one; it is not followed. */
  readonly callback?: URL;
  /** Status and text of the page the journey ended on otherwise. */
  readonly status: number;
  readonly text: string;
}

/** A browser of fetch and a cookie jar: opens `start`, presses the one button of every form, stops at `redirectUri`. */
export async function browse(start: URL, redirectUri: string): Promise<Visit> {
  const jar = new Map<string, string>();
  let url = start;
  let method = "GET";
  for (let step = 0; step < 12; step++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, { method, redirect: "manual", headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    const location = response.headers.get("location");
    const text = await response.text();
    if (location !== null) {
      url = new URL(location, url);
      method = "GET";
      if (url.href.startsWith(redirectUri)) return { callback: url, status: response.status, text };
    } else if (response.ok && text.includes("<button>")) {
      method = "POST";
    } else {
      return { status: response.status, text };
    }
  }
  throw new Error(`The browser went in circles, last at ${url.href}`);
}
