import { day } from "#lib/core/Instant.ts";
import { caseTable } from "../testing/caseTable.ts";
import { domainLifetime } from "./domain.lifetime.ts";
import { domainTemplateEndpoint } from "./domain.template-endpoint.ts";
import { urlAddress } from "./url.address.ts";
import { urlDotSegment } from "./url.dot-segment.ts";
import { urlDuplicateRecord } from "./url.duplicate-record.ts";
import { urlFragment } from "./url.fragment.ts";
import { urlIssuerCollision } from "./url.issuer-collision.ts";
import { urlLength } from "./url.length.ts";
import { urlLookalike } from "./url.lookalike.ts";
import { urlNotCanonical } from "./url.not-canonical.ts";
import { urlPathMissing } from "./url.path-missing.ts";
import { urlPort } from "./url.port.ts";
import { urlQuery } from "./url.query.ts";
import { urlRootPath } from "./url.root-path.ts";
import { urlScheme } from "./url.scheme.ts";
import { urlSharedHost } from "./url.shared-host.ts";
import { urlSpecialHost } from "./url.special-host.ts";
import { urlSyntax } from "./url.syntax.ts";
import { urlTrailingSlash } from "./url.trailing-slash.ts";
import { urlUserinfo } from "./url.userinfo.ts";

const atprotoError = { ietf: "warning", mcp: "warning", atproto: "error" };

caseTable(urlSyntax, [
  { url: "https://app.acme.com/c.json", is: "" },
  { url: "https://app.exämple.com/c", is: "error", says: "U+00E4", path: "client_id" },
  { url: "https://app.acme.com/a b", is: "error", says: "white space" },
  { url: "https://app.acme.com/\u202Egpj", is: "error", says: "\\u202E" },
  { url: "app.acme.com/c", is: "error", says: "absolute" },
  { url: "https://app.acme.com:99999/c", is: "error" },
]);
caseTable(urlScheme, [
  { url: "https://app.acme.com/c.json", is: "" },
  { url: "http://app.acme.com/c.json", is: "error", says: '"http"' },
  { url: "http://localhost", is: "error", says: "atproto's loopback development client" },
  { url: "did:web:acme.com", is: "error" },
]);
caseTable(urlUserinfo, [
  { url: "https://app.acme.com/@c", is: "" },
  { url: "https://app.acme.com@evil.net/c", is: "error", says: '"app.acme.com@"' },
]);
caseTable(urlFragment, [
  { url: "https://app.acme.com/c%23", is: "" },
  { url: "https://app.acme.com/c#a", is: "error", says: '"#a"' },
  { url: "https://app.acme.com/c#", is: "error" },
]);
caseTable(urlPathMissing, [
  { url: "https://app.acme.com/", is: "" },
  { url: "https://app.acme.com", is: "error", says: "no path" },
]);
caseTable(urlRootPath, [
  { url: "https://app.acme.com/c", is: "" },
  { url: "https://app.acme.com/", is: atprotoError },
]);
caseTable(urlTrailingSlash, [
  { url: "https://app.acme.com/c/d", is: "" },
  { url: "https://app.acme.com/c/", is: { ietf: "", mcp: "", atproto: "error" } },
]);
caseTable(urlDotSegment, [
  { url: "https://app.acme.com/.well-known/c..json", is: "" },
  { url: "https://app.acme.com/a/../c", is: "error", says: '".."' },
  { url: "https://app.acme.com/a/%2E%2e/c", is: "error", says: "%2E%2e" },
]);
caseTable(urlQuery, [
  { url: "https://app.acme.com/c%3Fx", is: "" },
  { url: "https://app.acme.com/c?redirect_uri=https://evil.net", is: "warning", says: "evil.net" },
]);
caseTable(urlPort, [
  { url: "https://app.acme.com/c:443", is: "" },
  { url: "https://app.acme.com:443/c", is: atprotoError, says: "443" },
  { url: "https://app.acme.com:8443/c", is: atprotoError, says: "8443" },
]);
caseTable(urlNotCanonical, [
  { url: "https://neroil.github.io/Upper", is: "" },
  { url: "https://Neroil.github.io/x", is: atprotoError, says: "lower case" },
  { url: "https://app.acme.com./x", is: atprotoError, says: "dot" },
]);
caseTable(urlSpecialHost, [
  { url: "https://app.acme.com/c", is: "" },
  { url: "https://10.0.0.5/c", is: "error", says: "IP address" },
  { url: "https://8.8.8.8/c", is: "error" },
  { url: "https://localhost/c", is: "error" },
  { url: "https://wiki/c", is: "error", says: "single label" },
  { url: "https://app.example/c", is: "error", says: "documentation" },
  { url: "https://app.nosuchsuffix/c", is: "warning", says: "public suffix" },
]);
caseTable(urlAddress, [
  { it: "no answers known", is: "" },
  { it: "a public address", addresses: { "app.acme.com": ["93.184.216.34"] }, is: "" },
  { it: "a private answer of another host", addresses: { "x.acme.com": ["10.0.0.1"] }, is: "" },
  {
    it: "loopback",
    addresses: { "app.acme.com": ["93.184.216.34", "127.0.0.1"] },
    is: "error",
    says: "127.0.0.1",
  },
  {
    it: "cloud metadata",
    addresses: { "app.acme.com": ["169.254.169.254", "::ffff:10.0.0.1"] },
    is: "error error",
  },
  { it: "the guard refused", fetchOutcome: "refused_address", is: "error" },
]);
caseTable(urlSharedHost, [
  { url: "https://app.acme.com/c", is: "" },
  { url: "https://neroil.github.io/c", is: "warning", says: "github.io" },
  { url: "https://raw.githubusercontent.com/a/b/c.json", is: "warning" },
  { url: "https://x.loca.lt/c", is: "warning", says: "tunnel" },
]);
caseTable(urlLength, [
  { url: `https://app.acme.com/${"x".repeat(100)}`, is: "" },
  { it: "201 characters", url: "https://app.acme.com/".padEnd(201, "x"), is: "warning", says: "201" },
  { it: "2049 characters", url: "https://app.acme.com/".padEnd(2049, "x"), is: "error" },
]);
caseTable(urlLookalike, [
  { is: "" },
  { url: "https://claude.ai/c", doc: { client_name: "Claude" }, is: "" },
  {
    url: "https://goooogle.com/m",
    doc: { client_name: "Google Docs" },
    is: "warning warning",
    says: "goooogle",
  },
  { doc: { client_name: "Сlaude" }, is: "warning", path: "/client_name" },
]);
caseTable(urlIssuerCollision, [
  { knownIssuers: ["https://idp.acme.com/"], is: "" },
  { it: "an issuer", url: "https://idp.acme.com/", knownIssuers: ["https://idp.acme.com/"], is: "error" },
  { it: "nearly an issuer", url: "https://idp.acme.com/", knownIssuers: ["https://idp.acme.com"], is: "" },
]);
caseTable(urlDuplicateRecord, [
  { it: "itself", otherClientIds: ["https://app.acme.com/oauth/client.json"], is: "" },
  { it: "another path", otherClientIds: ["https://app.acme.com/oauth/Client.json"], is: "" },
  {
    it: "with its port",
    otherClientIds: ["https://app.acme.com:443/oauth/client.json"],
    is: "error",
    says: ":443",
  },
  { it: "in upper case", otherClientIds: ["https://APP.acme.com/oauth/client.json"], is: "error" },
  { it: "percent-encoded", otherClientIds: ["https://app.acme.com/oauth/%63lient.json"], is: "error" },
  { it: "with a trailing dot", otherClientIds: ["https://app.acme.com./oauth/client.json"], is: "error" },
]);
caseTable(domainLifetime, [
  { it: "unknown", is: "" },
  { it: "settled", domainFacts: { now: 400 * day, registeredAt: 0, expiresAt: 800 * day }, is: "" },
  { it: "a week old", domainFacts: { now: 7 * day, registeredAt: 0 }, is: "warning", says: "7 days ago" },
  { it: "expiring", domainFacts: { now: 0, expiresAt: 10 * day }, is: "warning", says: "in 10 days" },
  { it: "expired", domainFacts: { now: 2 * day, expiresAt: 0 }, is: "warning", says: "has expired" },
  { it: "anonymous", domainFacts: { now: 0, registrantKnown: false }, is: "info" },
  {
    it: "dangling",
    domainFacts: { now: 0, danglingCname: "x.azurewebsites.net" },
    is: "warning",
    says: "azurewebsites",
  },
]);
caseTable(domainTemplateEndpoint, [
  { it: "not probed", is: "" },
  { it: "a 404", siblingProbe: { url: "https://app.acme.com/oauth/zz.json" }, is: "" },
  {
    it: "another's document",
    siblingProbe: {
      url: "https://app.acme.com/oauth/zz.json",
      clientId: "https://app.acme.com/oauth/client.json",
    },
    is: "",
  },
  {
    it: "a document for anything",
    siblingProbe: {
      url: "https://app.acme.com/oauth/zz.json",
      clientId: "https://app.acme.com/oauth/zz.json",
    },
    is: "warning",
    says: "zz.json",
  },
]);
