import { expect, test } from "vitest";
import { classifyRedirect } from "./classifyRedirect.ts";

const client = "https://app.acme.com/oauth/client.json";
const onPages = "https://neroil.github.io/x/client.json";

const cases: [string, string, string, string][] = [
  ["https://app.acme.com/cb", client, "same_host", "the client's own host"],
  ["https://app.acme.com:8443/cb", client, "same_host", "the client's own host"],
  ["https://APP.acme.com/cb", client, "same_host", "the client's own host"],
  ["https://www.acme.com/cb", client, "same_site", "www.acme.com, the client's own site"],
  ["https://acme.net/cb", client, "other_site", "acme.net, another site"],
  ["https://app.acme.com.evil.net/cb", client, "other_site", "app.acme.com.evil.net, another site"],
  ["https://x.pages.dev/cb", client, "shared_host", "x.pages.dev, on a shared host"],
  ["https://x.loca.lt/cb", client, "shared_host", "x.loca.lt, a tunnel anyone can open"],
  ["https://neroil.github.io/cb", onPages, "same_host", "the client's own host"],
  ["https://mallory.github.io/cb", onPages, "shared_host", "mallory.github.io, on a shared host"],
  ["http://127.0.0.1/cb", client, "loopback", "this computer, any port"],
  ["http://localhost:3000/cb", client, "loopback", "this computer, any port"],
  ["http://[::1]:3000/cb", client, "loopback", "this computer, any port"],
  ["http://127.0.0.2/cb", client, "loopback", "this computer"],
  ["http://127.0.0.1/cb#x", client, "loopback", "this computer"],
  ["com.acme.app:/cb", client, "private_scheme", "an app that claims com.acme.app:"],
  ["http://app.acme.com/cb", client, "http_remote", "app.acme.com, unencrypted"],
  ["http://localhost.evil.net/cb", client, "http_remote", "localhost.evil.net, unencrypted"],
  ["/cb", client, "invalid", "not an absolute URI"],
  ["https:///cb", client, "invalid", "not a usable URL"],
  ["https://app.acme.com/cb", "not a url", "other_site", "app.acme.com, another site"],
];

test.each(cases)("%s of %s", (uri, clientId, kind, words) => {
  const found = classifyRedirect(uri, clientId);
  expect(found).toMatchObject({ uri, class: kind, words });
  expect(found.match).toBe(words.endsWith("any port") ? "loopback_any_port" : "exact");
});
