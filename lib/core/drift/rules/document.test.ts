import { approvedDocument, driftTable, registered } from "../testing/driftTable.ts";
import { driftCacheLengthened } from "./cache-lengthened.ts";
import { driftClientIdCorrected } from "./client-id-corrected.ts";
import { driftClientIdMismatch } from "./client-id-mismatch.ts";
import { driftContentTypeChanged } from "./content-type-changed.ts";
import { driftDocumentUnreadable } from "./document-unreadable.ts";
import { driftFormattingOnly } from "./formatting-only.ts";
import { driftMemberAdded } from "./member-added.ts";
import { driftMemberChanged } from "./member-changed.ts";
import { driftSecretPublished } from "./secret-published.ts";
import { driftVersionChanged } from "./version-changed.ts";
import { driftVersionNotRaised } from "./version-not-raised.ts";

driftTable(driftClientIdMismatch, [
  { to: {}, is: "" },
  { to: { client_id: "https://evil.net/c" }, is: "critical", says: "https://evil.net/c", path: "/client_id" },
  { to: { client_id: undefined }, is: "critical" },
  { to: { client_id: `${registered}/` }, is: "critical" },
  {
    it: "it never matched",
    from: { client_id: "https://x.net/c" },
    to: { client_id: "https://x.net/c" },
    is: "",
  },
]);
driftTable(driftClientIdCorrected, [
  { from: { client_id: "https://x.net/c" }, is: "low" },
  { to: { client_id: "https://x.net/c" }, is: "" },
]);
driftTable(driftDocumentUnreadable, [
  { to: "<html>", is: "high" },
  { to: "[]", is: "high" },
  {
    it: "duplicate members",
    to: JSON.stringify(approvedDocument).replace("{", '{"client_id":"x",'),
    is: "high",
    says: "more than once",
  },
  { it: "too large", to: { note: "x".repeat(6000) }, is: "high", says: "5120" },
  { it: "it never was", from: "<html>", to: "<p>", is: "" },
  { it: "it was ambiguous and is gone", from: '{"a":1,"a":2}', to: "<p>", is: "high" },
  { to: {}, is: "" },
]);
driftTable(driftSecretPublished, [
  { to: { client_secret: "s3cret" }, is: "critical", path: "/client_secret" },
  { to: { registration_access_token: "x" }, is: "critical" },
  { to: { client_secret: "" }, is: "high" },
  { to: { client_secret_expires_at: 0 }, is: "high" },
  { from: { client_secret: "x" }, to: { client_secret: "x" }, is: "" },
]);
const answer = (headers: Record<string, string>) => ({ status: 200, headers, bytes: 1 });
const cached = (before: string, after: string) => ({
  responses: { before: answer({ "cache-control": before }), after: answer({ "cache-control": after }) },
});
driftTable(driftCacheLengthened, [
  { it: "a day", facts: cached("max-age=600", "max-age=86400"), is: "" },
  { it: "two days", facts: cached("max-age=600", "max-age=172800"), is: "low", says: "2 days" },
  { it: "immutable", facts: cached("max-age=600", "max-age=31536000, immutable"), is: "medium" },
  { it: "shorter", facts: cached("max-age=31536000", "max-age=172800"), is: "" },
]);
const typed = (before: string, after: string) => ({
  responses: { before: answer({ "content-type": before }), after: answer({ "content-type": after }) },
});
driftTable(driftContentTypeChanged, [
  { it: "text", facts: typed("application/json", "text/plain; charset=utf-8"), is: "low" },
  {
    it: "text for atproto",
    facts: { ...typed("application/json", "text/plain"), profile: "atproto" },
    is: "high",
  },
  { it: "with a charset", facts: typed("application/json", "application/json; charset=utf-8"), is: "" },
  { it: "+json", facts: typed("application/json", "application/cimd+json"), is: "" },
]);
const version = (software_version?: string, more: object = {}) => ({ software_version, ...more });
driftTable(driftVersionNotRaised, [
  { from: version("1.2"), to: version("1.3", { scope: "x" }), is: "" },
  { from: version("1.2"), to: version("1.2", { scope: "x" }), is: "low", says: "scope" },
  { from: version("1.10"), to: version("1.9"), is: "medium", says: "back" },
  {
    it: "a picture needs none",
    from: version("1.2"),
    to: version("1.2", { logo_uri: "https://app.acme.com/l.png" }),
    is: "",
  },
  { from: version(), to: version(undefined, { scope: "x" }), is: "" },
]);
driftTable(driftVersionChanged, [
  { from: version("1.9"), to: version("1.10"), is: "info" },
  { from: version(), to: version("1.10"), is: "info" },
  { from: version("1.10"), to: version("1.9"), is: "" },
  { from: version("1.9"), to: version("1.9"), is: "" },
]);
driftTable(driftMemberAdded, [
  { to: { redirect_uris_OLD: [] }, is: "medium", path: "/redirect_uris_OLD" },
  { it: "a name of the publisher's own", to: { "com.posthog": { a: 1 } }, is: "info" },
  { to: { $schema: "https://json-schema.org/x" }, is: "info" },
  { to: { "@context": "https://www.w3.org/ns/solid/oidc-context.jsonld" }, is: "info" },
  { it: "a language tag makes no name of one's own", to: { "greeting#de.at": "x" }, is: "medium" },
  { to: { x: null }, is: "" },
  { it: "private keys are told apart", to: { x: { kty: "EC", d: "x" } }, is: "" },
  { to: { client_secret: "x" }, is: "" },
]);
driftTable(driftMemberChanged, [
  { from: { x: 1 }, to: { x: 2 }, is: "medium" },
  { from: { "com.posthog": 1 }, to: { "com.posthog": 2 }, is: "info" },
  { from: { x: 1 }, is: "low" },
  { from: { x: { a: 1, b: 2 } }, to: { x: { b: 2, a: 1 } }, is: "" },
]);
driftTable(driftFormattingOnly, [
  { it: "white space", to: JSON.stringify(approvedDocument, null, 4), is: "" },
  {
    it: "order of members",
    to: JSON.stringify(Object.fromEntries(Object.entries(approvedDocument).toReversed())),
    is: "",
  },
  { it: "a default written out", to: { application_type: "web" }, is: "low" },
  { it: "order of a list", to: { grant_types: ["refresh_token", "authorization_code"] }, is: "low" },
]);
