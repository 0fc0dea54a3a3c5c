/** Where a list is, and what the enrolment string says about its first head. */
export interface Enrolment {
  /** URL of the head, without the fragment: the `sub` of every head. */
  readonly headUrl: string;
  /** Base URL of the publisher: what stands before `/v1/lists/`. */
  readonly issuer: string;
  readonly list: string;
  /** Thumbprint from `#root=`: of the root key that signed the first key set (docs/decisions/014). */
  readonly root?: string;
  /** Thumbprint from `#key=`: of a signing key, for the first head. */
  readonly key?: string;
  readonly minSeq?: number;
}

/**
 * Reads `https://gov.example/v1/lists/prod/head#root=<thumbprint>&min_seq=482`, or the URL alone. Throws TypeError
 * with what is wrong. Plain http is accepted on loopback only, unless `allowInsecureHttp`.
 */
export function parseEnrolment(enrolment: string | URL, allowInsecureHttp = false): Enrolment {
  const text = enrolment.toString();
  const [headUrl = "", fragment = ""] = text.split("#", 2);
  if (!URL.canParse(headUrl)) throw new TypeError(`${text} is not a URL.`);
  const url = new URL(headUrl);
  const loopback = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (loopback || allowInsecureHttp)))
    throw new TypeError(`${headUrl} is not https: the publisher's keys are read over this connection.`);
  const parts = /^(.*)\/v1\/lists\/([^/?]+)\/head$/.exec(headUrl);
  if (!parts?.[1] || !parts[2])
    throw new TypeError(`${headUrl} is not the URL of a head (…/v1/lists/<list>/head).`);

  const hints = new URLSearchParams(fragment);
  const root = thumbprint(hints, "root");
  const key = thumbprint(hints, "key");
  const minSeq = hints.has("min_seq") ? Number(hints.get("min_seq")) : undefined;
  if (minSeq !== undefined && (!Number.isSafeInteger(minSeq) || minSeq < 1))
    throw new TypeError("min_seq in the enrolment string is not a positive whole number.");
  return {
    headUrl,
    issuer: parts[1],
    list: decodeURIComponent(parts[2]),
    ...(root === undefined ? {} : { root }),
    ...(key === undefined ? {} : { key }),
    ...(minSeq === undefined ? {} : { minSeq }),
  };
}

function thumbprint(hints: URLSearchParams, name: string): string | undefined {
  const value = hints.get(name) ?? undefined;
  if (value !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(value))
    throw new TypeError(`${name} in the enrolment string is not a SHA-256 thumbprint.`);
  return value;
}
