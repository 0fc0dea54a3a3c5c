import type { CheckResponse } from "../CheckSubject.ts";
import { caseTable } from "../testing/caseTable.ts";
import { fetchCache } from "./fetch.cache.ts";
import { fetchContentType } from "./fetch.content-type.ts";
import { fetchRedirect } from "./fetch.redirect.ts";
import { fetchSize } from "./fetch.size.ts";
import { fetchSplitView } from "./fetch.split-view.ts";
import { fetchStatus } from "./fetch.status.ts";
import { fetchTls } from "./fetch.tls.ts";
import { fetchUnreachable } from "./fetch.unreachable.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";

const answer = (status: number, headers: CheckResponse["headers"] = {}, bytes = 500) => ({
  status,
  headers,
  bytes,
});
const tls = (protocol: string) => ({
  protocol,
  certificateSha256: "",
  issuer: "",
  subject: "",
  validFrom: "",
  validTo: "",
});
const sound = parseDocument('{"a":1}');

caseTable(fetchStatus, [
  { it: "not fetched", is: "" },
  { it: "200", response: answer(200), is: "" },
  { it: "304", response: answer(304), is: "" },
  { it: "201", response: answer(201), is: "error", says: "201", path: "response" },
  { it: "204", response: answer(204), is: "error" },
  { it: "404", response: answer(404), lastGoodCopy: true, is: "error" },
  { it: "503 without a copy", response: answer(503), is: "error" },
  { it: "503 with a copy", response: answer(503), lastGoodCopy: true, is: "" },
]);
caseTable(fetchRedirect, [
  { it: "200", response: answer(200), is: "" },
  { it: "304", response: answer(304), is: "" },
  {
    it: "301",
    response: answer(301, { location: "https://www.acme.com/" }),
    is: "error",
    says: "www.acme.com",
  },
  { it: "outcome only", fetchOutcome: "redirect", is: "error" },
]);
caseTable(fetchUnreachable, [
  { it: "ok", fetchOutcome: "ok", response: answer(200), is: "" },
  { it: "timeout, first time", fetchOutcome: "timeout", is: "error", says: "in time" },
  {
    it: "timeout with a copy",
    fetchOutcome: "timeout",
    lastGoodCopy: true,
    is: "warning",
    says: "stays in force",
  },
  {
    it: "challenge with a copy",
    fetchOutcome: "challenged",
    response: answer(403),
    lastGoodCopy: true,
    is: "warning",
  },
  {
    it: "503 with a copy",
    fetchOutcome: "server_error",
    response: answer(503),
    lastGoodCopy: true,
    is: "warning",
    says: "503",
  },
  { it: "404 with a copy", fetchOutcome: "not_found", response: answer(404), lastGoodCopy: true, is: "" },
  { it: "unresolvable", fetchOutcome: "dns_error", is: "error" },
]);
caseTable(fetchContentType, [
  { it: "json", response: answer(200, { "content-type": "application/json; charset=utf-8" }), is: "" },
  {
    it: "ld+json",
    response: answer(200, { "content-type": "application/ld+json" }),
    is: { ietf: "", mcp: "", atproto: "error" },
  },
  {
    it: "text",
    response: answer(200, { "content-type": "text/plain" }),
    is: { ietf: "warning", mcp: "warning", atproto: "error" },
    says: "text/plain",
  },
  { it: "none", response: answer(200), is: { ietf: "warning", atproto: "error" } },
  { it: "an error page", response: answer(404, { "content-type": "text/html" }), is: "" },
]);
caseTable(fetchSize, [
  { it: "500 bytes", response: answer(200, {}, 500), is: "" },
  { it: "5120 bytes", response: answer(200, {}, 5120), is: "" },
  { it: "5121 bytes", response: answer(200, {}, 5121), is: "error", says: "5121" },
  { it: "a wider limit", response: answer(200, {}, 6000), bodyLimit: 65_536, is: "" },
  {
    it: "a large document from a file",
    doc: { logo_uri: `data:image/png;base64,${"A".repeat(40_000)}` },
    is: "error",
  },
  { it: "given up", fetchOutcome: "too_large", is: "error", says: "too large" },
]);
caseTable(fetchTls, [
  { it: "unknown", is: "" },
  { it: "1.3", tls: tls("TLSv1.3"), is: "" },
  { it: "1.2", tls: tls("TLSv1.2"), is: "" },
  { it: "1.1", tls: tls("TLSv1.1"), is: "error", says: "TLSv1.1" },
  { it: "unverified", fetchOutcome: "tls_error", is: "error" },
]);
caseTable(fetchSplitView, [
  { it: "unknown", is: "" },
  {
    it: "the same",
    doc: '{"a":1}',
    otherVantages: [{ name: "as a browser", rawDigest: sound.digests?.raw ?? "" }],
    is: "",
  },
  {
    it: "another",
    otherVantages: [{ name: "as a browser", rawDigest: "00" }],
    is: "warning",
    says: "as a browser",
  },
]);
caseTable(fetchCache, [
  { it: "an hour", response: answer(200, { "cache-control": "max-age=3600", etag: '"1"' }), is: "" },
  {
    it: "a year",
    response: answer(200, { "cache-control": "public, max-age=31536000, immutable", etag: '"1"' }),
    is: "warning",
    says: "31536000",
  },
  {
    it: "s-maxage is not max-age",
    response: answer(200, { "cache-control": "s-maxage=9999999", etag: '"1"' }),
    is: "",
  },
  {
    it: "no-store",
    response: answer(200, { "cache-control": "no-store", "last-modified": "x" }),
    is: "info",
  },
  { it: "no headers", response: answer(200), is: "info info" },
]);
