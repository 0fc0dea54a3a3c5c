import { expect, test } from "vitest";
import { judgeUrl } from "./judgeUrl.ts";

test.each([
  ["https://acme.com/", "https://acme.com", "/", 443],
  ["https://acme.com/oauth/client.json", "https://acme.com", "/oauth/client.json", 443],
  ["https://id.acme.co.uk:8443/a/..b/.c?d=/../e", "https://id.acme.co.uk:8443", "/a/..b/.c?d=/../e", 8443],
  ["https://acme.com/?", "https://acme.com", "/", 443],
])("%s is taken apart", (text, origin, path, port) => {
  expect(judgeUrl(text, [8443])).toMatchObject({ verdict: "allow", origin, path, port });
});

test.each([
  ["https://acme.com", "The URL is not in canonical form; canonical is https://acme.com/"],
  ["https://acme.com?a=/..", "The URL is not in canonical form; canonical is https://acme.com/?a=/.."],
  ["https://acme.com:443/", "The URL is not in canonical form; canonical is https://acme.com/"],
  ["https://acme.com\\@evil.com/", "The URL carries a user name or password."],
  ["https://acme.com/a\\b", "The URL is not in canonical form; canonical is https://acme.com/a/b"],
  ["https://acme.com/a/%2E./b", "The path has a dot segment."],
  ["https://acme.com/..", "The path has a dot segment."],
  ["https://user@acme.com/", "The URL carries a user name or password."],
  ["https://1.2.3.4/", "The host 1.2.3.4 is an IP address."],
  ["https://a_b.acme.com/", "The host is not a DNS host name."],
])("%s is refused", (text, reason) => {
  expect(judgeUrl(text)).toMatchObject({ verdict: "block", reason });
});
