import { driftTable } from "../testing/driftTable.ts";
import { driftRedirectAddedDangerous } from "./redirect-added-dangerous.ts";
import { driftRedirectAddedHttp } from "./redirect-added-http.ts";
import { driftRedirectAddedLoopback } from "./redirect-added-loopback.ts";
import { driftRedirectAddedNewSite } from "./redirect-added-new-site.ts";
import { driftRedirectAddedPrivateScheme } from "./redirect-added-private-scheme.ts";
import { driftRedirectAddedSameHost } from "./redirect-added-same-host.ts";
import { driftRedirectAddedSameSite } from "./redirect-added-same-site.ts";
import { driftRedirectAddedSharedHost } from "./redirect-added-shared-host.ts";
import { driftRedirectAddedWildcard } from "./redirect-added-wildcard.ts";
import { driftRedirectAllReplaced } from "./redirect-all-replaced.ts";
import { driftRedirectEmptied } from "./redirect-emptied.ts";
import { driftRedirectLoopbackName } from "./redirect-loopback-name.ts";
import { driftRedirectLoopbackPort } from "./redirect-loopback-port.ts";
import { driftRedirectRemoved } from "./redirect-removed.ts";

const own = "https://app.acme.com/callback";
const to = (...redirect_uris: unknown[]) => ({ redirect_uris });
const on = (loopback: string) => ({ redirect_uris: [own, loopback] });

driftTable(driftRedirectAddedSameHost, [
  { to: to(own, own), is: "" },
  { to: to(own, "https://app.acme.com/callback2"), is: "medium", path: "/redirect_uris/1", effect: "growth" },
  { to: to(own, "https://app.acme.com/callback?x=1"), is: "medium" },
  { to: to(own, "https://app.acme.com:8443/callback"), is: "high", says: "port" },
  { to: to(own, "https://app.acme.com/a", "https://app.acme.com/b"), is: "medium", path: "/redirect_uris" },
  {
    it: "a host of an earlier callback",
    from: to("https://acme.net/a"),
    to: to("https://acme.net/a", "https://acme.net/b"),
    is: "medium",
  },
  {
    it: "the client's own host",
    from: to("https://acme.net/a"),
    to: to("https://acme.net/a", own),
    is: "medium",
  },
  { to: to(own, "https://www.acme.com/callback"), is: "" },
  { to: to(own, "https://app.acme.com\\@evil.net/"), is: "" },
]);
driftTable(driftRedirectAddedSameSite, [
  { to: to(own), is: "" },
  { to: to(own, "https://www.acme.com/callback"), is: "high", says: "www.acme.com" },
  { to: to(own, "https://acme.net/callback"), is: "" },
  {
    it: "co.uk is no site",
    clientId: "https://acme.co.uk/c",
    from: to("https://acme.co.uk/cb"),
    to: to("https://acme.co.uk/cb", "https://evil.co.uk/cb"),
    is: "",
  },
]);
driftTable(driftRedirectAddedNewSite, [
  { to: to(own, "https://www.acme.com/callback"), is: "" },
  { to: to(own, "https://acme.net/callback"), is: "critical", says: "acme.net", effect: "growth" },
  { to: to("https://acme.net/callback"), is: "critical" },
  { it: "user information is worse", to: to(own, "https://app.acme.com@evil.net/callback"), is: "" },
  { to: to(own, "https://10.0.0.5/callback"), is: "critical" },
  {
    it: "the owner's other domain",
    to: to(own, "https://id.acme.net/cb"),
    facts: { approvedDomains: ["acme.net"] },
    is: "high",
  },
  {
    it: "no domain of the owner",
    to: to(own, "https://notacme.net/cb"),
    facts: { approvedDomains: ["acme.net"] },
    is: "critical",
  },
  {
    it: "two at once",
    to: to(own, "https://a.net/cb", "https://b.net/cb"),
    is: "critical",
    says: '"a.net" and "b.net"',
  },
  {
    it: "across co.uk",
    clientId: "https://acme.co.uk/c",
    from: to("https://acme.co.uk/cb"),
    to: to("https://acme.co.uk/cb", "https://evil.co.uk/cb"),
    is: "critical",
  },
]);
driftTable(driftRedirectAddedSharedHost, [
  { to: to(own, "https://acme.net/callback"), is: "" },
  { to: to(own, "https://mallory.github.io/cb"), is: "critical" },
  { to: to(own, "https://x.loca.lt/cb"), is: "critical", says: "x.loca.lt" },
  { to: to(own, "https://acme.pages.dev/cb"), facts: { approvedDomains: ["acme.pages.dev"] }, is: "high" },
  {
    it: "the client's own place",
    clientId: "https://neroil.github.io/c",
    from: to("https://neroil.github.io/cb"),
    to: to("https://neroil.github.io/cb", "https://neroil.github.io/cb2"),
    is: "",
  },
  {
    it: "a neighbour",
    clientId: "https://neroil.github.io/c",
    from: to("https://neroil.github.io/cb"),
    to: to("https://neroil.github.io/cb", "https://mallory.github.io/cb"),
    is: "critical",
  },
  {
    it: "a neighbour by path",
    clientId: "https://raw.githubusercontent.com/neroil/c/main.json",
    from: to(own),
    to: to(own, "https://raw.githubusercontent.com/mallory/cb"),
    is: "critical",
  },
  {
    it: "another path of the same tenant",
    clientId: "https://raw.githubusercontent.com/neroil/c/main.json",
    from: to(own),
    to: to(own, "https://raw.githubusercontent.com/neroil/cb"),
    is: "",
  },
]);
driftTable(driftRedirectAddedLoopback, [
  { to: to(own), is: "" },
  { to: to(own, "http://127.0.0.1/callback"), is: "high", says: "own computer" },
  { to: to(own, "https://localhost/callback"), is: "high" },
  {
    from: on("http://127.0.0.1/callback"),
    to: to(own, "http://127.0.0.1/callback", "http://[::1]/callback"),
    is: "medium",
  },
  {
    from: on("http://127.0.0.1/callback"),
    to: to(own, "http://127.0.0.1/callback", "http://127.0.0.1:99/callback"),
    is: "",
  },
]);
driftTable(driftRedirectAddedPrivateScheme, [
  { to: to(own), is: "" },
  { to: to(own, "com.acme.app:/cb"), is: "high" },
  { from: to(own, "com.acme.app:/cb"), to: to(own, "com.acme.app:/cb", "com.acme.app:/cb2"), is: "medium" },
  { to: to(own, "javascript:alert(1)"), is: "" },
]);
driftTable(driftRedirectAddedHttp, [
  { to: to(own, "http://127.0.0.1/cb"), is: "" },
  { to: to(own, "http://app.acme.com/callback"), is: "critical", says: "unencrypted" },
]);
driftTable(driftRedirectAddedWildcard, [
  { to: to(own), is: "" },
  { to: to(own, "https://*.acme.com/cb"), is: "critical" },
  { to: to(own, "https://app.acme.com/*"), is: "critical" },
  { to: to(own, "https://{tenant}.acme.com/cb"), is: "critical" },
  { it: "it was there", from: to("https://app.acme.com/*"), to: to("https://app.acme.com/*"), is: "" },
]);
driftTable(driftRedirectAddedDangerous, [
  { to: to(own, "com.acme.app:/cb"), is: "" },
  { to: to(own, "javascript:alert(1)"), is: "critical" },
  { to: to(own, "data:text/html,x"), is: "critical" },
  { to: to(own, "/callback"), is: "critical" },
  { to: to(own, "https://app.acme.com\\@evil.net/"), is: "critical" },
  { to: to(own, "https://app.acme.com/cb#x"), is: "critical" },
  { to: to(own, "https://user@app.acme.com/cb"), is: "critical" },
  { to: to(own, "https://app.acme.com@evil.net/callback"), is: "critical", says: "evil.net" },
  { to: to(own, "http://127.0.0.1/cb#"), is: "critical" },
]);
driftTable(driftRedirectRemoved, [
  { to: to(own, "https://acme.net/"), is: "" },
  {
    from: to(own, "https://acme.net/cb"),
    is: "medium",
    says: "acme.net",
    path: "/redirect_uris",
    effect: "shrinkage",
  },
  { it: "all replaced is told apart", to: to("https://app.acme.com/new"), is: "" },
  { it: "none needed any more", to: { ...to(), grant_types: ["client_credentials"] }, is: "medium" },
]);
driftTable(driftRedirectAllReplaced, [
  { to: to(own, "https://app.acme.com/new"), is: "" },
  { to: to("https://app.acme.com/new"), is: "medium", effect: "shrinkage" },
  { to: to("https://acme.net/callback"), is: "high" },
  { from: to("http://127.0.0.1/cb"), to: to("http://127.0.0.1:1/cb"), is: "" },
  { from: to("http://127.0.0.1/cb"), to: to("http://localhost/cb"), is: "" },
  { to: to(), is: "" },
]);
driftTable(driftRedirectEmptied, [
  { to: to(), is: "high", says: own },
  { it: "not an array", to: { redirect_uris: own }, is: "high" },
  { to: { ...to(), grant_types: ["client_credentials"] }, is: "" },
  { from: to(), to: to(), is: "" },
]);
driftTable(driftRedirectLoopbackPort, [
  {
    from: on("http://127.0.0.1/cb"),
    to: on("http://127.0.0.1:33418/cb"),
    is: "low",
    says: "port 33418 instead of any port",
    effect: "neutral",
  },
  { from: on("http://localhost:1/cb"), to: on("http://localhost/cb"), is: "low" },
  {
    it: "one port more",
    from: on("http://localhost:1/cb"),
    to: to(own, "http://localhost:1/cb", "http://localhost:2/cb"),
    is: "low",
    says: "is also written",
  },
  {
    it: "one port less",
    from: to(own, "http://localhost:1/cb", "http://localhost:2/cb"),
    to: on("http://localhost:1/cb"),
    is: "low",
    says: 'is no longer also written "http://localhost:2/cb"',
  },
  { from: on("http://localhost:1/cb"), to: on("http://localhost:2/cb"), is: "low" },
  { from: on("http://127.0.0.1/cb"), to: on("http://127.0.0.1:1/other"), is: "" },
  { from: on("http://127.0.0.1/cb"), to: on("http://localhost:1/cb"), is: "" },
  { from: on("http://127.0.0.1/cb"), to: on("http://127.0.0.1/cb"), is: "" },
]);
driftTable(driftRedirectLoopbackName, [
  { from: on("http://localhost/cb"), to: on("http://127.0.0.1/cb"), is: "low", effect: "growth" },
  { from: on("http://127.0.0.1/cb"), to: on("http://localhost:80/cb"), is: "medium", effect: "growth" },
  { from: on("http://127.0.0.1/cb"), to: to(own, "http://127.0.0.1/cb", "http://localhost/cb"), is: "" },
  { from: on("http://127.0.0.1/cb"), to: on("http://localhost/other"), is: "" },
]);
