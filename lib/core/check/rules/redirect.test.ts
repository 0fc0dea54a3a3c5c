import { caseTable } from "../testing/caseTable.ts";
import { redirectCrossOrigin } from "./redirect.cross-origin.ts";
import { redirectDangerousScheme } from "./redirect.dangerous-scheme.ts";
import { redirectDuplicate } from "./redirect.duplicate.ts";
import { redirectFixedLoopbackPort } from "./redirect.fixed-loopback-port.ts";
import { redirectFragment } from "./redirect.fragment.ts";
import { redirectHttpRemote } from "./redirect.http-remote.ts";
import { redirectLocalhostName } from "./redirect.localhost-name.ts";
import { redirectLoopback } from "./redirect.loopback.ts";
import { redirectLoopbackOnly } from "./redirect.loopback-only.ts";
import { redirectNotAbsolute } from "./redirect.not-absolute.ts";
import { redirectOpenRedirector } from "./redirect.open-redirector.ts";
import { redirectPrivateNetwork } from "./redirect.private-network.ts";
import { redirectPrivateScheme } from "./redirect.private-scheme.ts";
import { redirectSchemeDoubleSlash } from "./redirect.scheme-double-slash.ts";
import { redirectSchemeNotReversed } from "./redirect.scheme-not-reversed.ts";
import { redirectSchemeWithoutPeriod } from "./redirect.scheme-without-period.ts";
import { redirectSharedHost } from "./redirect.shared-host.ts";
import { redirectSpecialHost } from "./redirect.special-host.ts";
import { redirectTooLong } from "./redirect.too-long.ts";
import { redirectTooMany } from "./redirect.too-many.ts";
import { redirectUnresolvable } from "./redirect.unresolvable.ts";
import { redirectUserinfo } from "./redirect.userinfo.ts";
import { redirectWildcard } from "./redirect.wildcard.ts";

const to = (...redirect_uris: unknown[]) => ({ redirect_uris });
const many = (count: number) =>
  to(...Array.from({ length: count }, (_, index) => `https://app.acme.com/${index}`));
const own = "https://app.acme.com/cb";
const atprotoError = { ietf: "warning", mcp: "warning", atproto: "error" };

caseTable(redirectNotAbsolute, [
  { doc: to(own, "com.acme.app:/cb"), is: "" },
  { doc: to("/cb"), is: "error", path: "/redirect_uris/0" },
  { doc: to(own, "https:///cb"), is: "error", path: "/redirect_uris/1" },
  { doc: to("https://app.acme.com/a b"), is: "error", says: "white space" },
  { doc: to("https://app.äcme.com/"), is: "error" },
  { doc: to("https://app.acme.com\\@evil.net/"), is: "error" },
  { doc: to(""), is: "error" },
]);
caseTable(redirectFragment, [
  { doc: to(own), is: "" },
  { doc: to(`${own}#x`), is: "error" },
  { doc: to(`${own}#`), is: "error" },
]);
caseTable(redirectUserinfo, [
  { doc: to("https://app.acme.com/@me"), is: "" },
  { doc: to("https://app.acme.com@evil.net/cb"), is: "error", says: '"app.acme.com@"' },
]);
caseTable(redirectWildcard, [
  { doc: to(own), is: "" },
  { doc: to("https://*.acme.com/cb"), is: "error", says: '"*"' },
  { doc: to("https://app.acme.com/*"), is: "error" },
  { doc: to("https://app.acme.com/{tenant}/cb"), is: "error", says: '"{"' },
]);
caseTable(redirectHttpRemote, [
  { doc: to(own, "http://127.0.0.1/cb", "http://localhost/cb", "http://[::1]/cb"), is: "" },
  { doc: to("http://app.acme.com/cb"), is: "error" },
  { doc: to("http://localhost.evil.net/cb"), is: "error" },
  { doc: to("http://192.168.0.2/cb"), is: "error" },
]);
caseTable(redirectLoopback, [
  { doc: to(own), is: "" },
  { doc: to("http://127.0.0.1/cb", "http://localhost:3000/cb"), is: "warning warning" },
]);
caseTable(redirectLoopbackOnly, [
  { doc: to(own, "http://127.0.0.1/cb"), is: "" },
  { doc: to("http://127.0.0.1/cb"), is: "warning", path: "/redirect_uris" },
  { doc: { ...to("http://127.0.0.1/cb"), token_endpoint_auth_method: "private_key_jwt" }, is: "" },
]);
caseTable(redirectLocalhostName, [
  { doc: to("http://127.0.0.1/cb", "http://[::1]/cb"), is: "" },
  { doc: to("http://localhost/cb"), is: atprotoError },
]);
caseTable(redirectFixedLoopbackPort, [
  { doc: to("http://127.0.0.1/cb", "https://app.acme.com:8443/cb"), is: "" },
  { doc: to("http://127.0.0.1:3000/cb"), is: "info", says: "3000" },
]);
caseTable(redirectPrivateScheme, [
  { doc: to(own), is: "" },
  { doc: to("com.acme.app:/cb"), is: { ietf: "warning", mcp: "error", atproto: "warning" } },
  { doc: to("javascript:alert(1)"), is: "" },
]);
caseTable(redirectSchemeWithoutPeriod, [
  { doc: to("com.acme.app:/cb", own), is: "" },
  { doc: to("acme://cb"), is: "error", says: '"acme"' },
  { doc: to("urn:ietf:wg:oauth:2.0:oob"), is: "error" },
]);
caseTable(redirectDangerousScheme, [
  { doc: to("com.acme.app:/cb", own), is: "" },
  { doc: to("javascript:alert(1)"), is: "error" },
  { doc: to("DATA:text/html,x"), is: "error" },
]);
caseTable(redirectSchemeNotReversed, [
  { doc: to("com.acme.app:/cb"), is: "" },
  { doc: to("com.acme:/cb"), is: { ietf: "", mcp: "", atproto: "error" } },
  { doc: to("net.evil.app:/cb"), is: atprotoError, says: "com.acme" },
  { doc: to("com.acmeevil:/cb"), is: atprotoError },
]);
caseTable(redirectSchemeDoubleSlash, [
  { doc: to("com.acme.app:/cb", "acme://cb"), is: "" },
  { doc: to("com.acme.app://cb"), is: atprotoError },
]);
caseTable(redirectPrivateNetwork, [
  { doc: to("acme://callback", "http://127.0.0.1/cb"), is: "" },
  { doc: to("exp://192.168.86.58:8081"), is: "error", says: "192.168.86.58" },
  { doc: to("com.acme.app://localhost/cb"), is: "error" },
]);
caseTable(redirectCrossOrigin, [
  { doc: to(own), is: "" },
  { doc: to("https://www.acme.com/cb"), is: "warning", says: "own site" },
  { doc: to("https://acme.net/cb"), is: "warning", says: "not part of acme.com" },
]);
caseTable(redirectSharedHost, [
  { doc: to(own), is: "" },
  { url: "https://neroil.github.io/c", doc: to("https://neroil.github.io/cb"), is: "" },
  { url: "https://neroil.github.io/c", doc: to("https://mallory.github.io/cb"), is: atprotoError },
  { doc: to("https://x.loca.lt/cb"), is: "error", says: "tunnel" },
  { doc: to("https://acme.pages.dev/cb"), is: atprotoError, says: "shared host" },
  { doc: to("https://acme.vercel.app/cb", "https://x.ngrok.app/cb"), is: { ietf: "error warning" } },
]);
caseTable(redirectSpecialHost, [
  { doc: to(own, "http://localhost/cb"), is: "" },
  { doc: to("https://portal.corp/cb"), is: "warning", says: "portal.corp" },
  { doc: to("https://10.0.0.1/cb"), is: "warning" },
  { doc: to("https://localhost/cb"), is: "warning" },
]);
caseTable(redirectOpenRedirector, [
  { doc: to("https://vscode.dev/redirect", "https://app.acme.com/cb?tenant=1"), is: "" },
  { doc: to("https://app.acme.com/redirect?url=https://app.acme.com/"), is: "warning", says: '"url"' },
  { doc: to("https://app.acme.com/login?x=1&next="), is: "warning" },
]);
caseTable(redirectTooMany, [
  { it: "10", doc: many(10), is: "" },
  { it: "11", doc: many(11), is: "warning" },
  { it: "33", doc: many(33), is: "error" },
]);
caseTable(redirectDuplicate, [
  { doc: to(own, `${own}/`), is: "" },
  { doc: to(own, "http://127.0.0.1/cb", own), is: "warning", path: "/redirect_uris/2" },
]);
caseTable(redirectTooLong, [
  { it: "2048", doc: to("https://app.acme.com/".padEnd(2048, "x")), is: "" },
  { it: "2049", doc: to("https://app.acme.com/".padEnd(2049, "x")), is: "error" },
]);

caseTable(redirectUnresolvable, [
  { doc: { redirect_uris: ["https://old.acme.com/cb"] }, is: "" },
  {
    it: "a name without an address",
    doc: { redirect_uris: ["https://app.acme.com/cb", "https://old.acme.com/cb"] },
    addresses: { "app.acme.com": ["93.184.215.14"], "old.acme.com": [] },
    is: "warning",
    says: "old.acme.com",
    path: "/redirect_uris/1",
  },
  {
    it: "an internal name, which has its own rule",
    doc: { redirect_uris: ["https://portal.corp/cb", "http://localhost/cb"] },
    addresses: { "portal.corp": [], localhost: [] },
    is: "",
  },
]);
