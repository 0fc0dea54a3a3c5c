import { driftTable } from "../testing/driftTable.ts";
import { driftClientNameChanged } from "./client-name-changed.ts";
import { driftContactsChanged } from "./contacts-changed.ts";
import { driftLinkChanged } from "./link-changed.ts";
import { driftLogoChanged } from "./logo-changed.ts";
import { driftSoftwareIdChanged } from "./software-id-changed.ts";
import { driftSoftwareStatementChanged } from "./software-statement-changed.ts";

const named = (client_name?: string) => ({ client_name });
driftTable(driftClientNameChanged, [
  { from: named("Acme"), to: named("Acme"), is: "" },
  { from: named("Acme"), to: named("Acme Plus"), is: "high" },
  { from: named("Acme"), to: named(), is: "high" },
  { from: named("Acme"), to: named("Google Drive"), is: "critical", says: "google" },
  { from: named("Acme"), to: named("Tidewater"), facts: { approvedNames: ["Tidewater"] }, is: "critical" },
  { from: {}, to: { "client_name#de": "Acme Assistent" }, is: "high", path: "/client_name#de" },
  {
    it: "control characters are shown",
    from: named("Acme"),
    to: named("Ac\u202Eme"),
    is: "high",
    says: "\\u202E",
  },
  {
    it: "other letters that look the same",
    from: named("Claude"),
    to: named("Cl\u0430ude"),
    is: "high",
    says: "The two look alike",
  },
  {
    it: "a translation that says the same",
    from: named("Acme"),
    to: { ...named("Acme"), "client_name#fr": "Acme" },
    is: "low",
    effect: "neutral",
  },
  {
    it: "a translation taken away that said the same",
    from: { ...named("Acme"), "client_name#fr": "Acme" },
    to: named("Acme"),
    is: "low",
    effect: "neutral",
  },
  {
    it: "a translation taken away that kept another name from view",
    from: { ...named("Acme"), "client_name#fr": "Acme" },
    to: named("Other"),
    is: "high high",
  },
]);
const logo = (logo_uri?: string) => ({ logo_uri });
driftTable(driftLogoChanged, [
  { from: logo("https://app.acme.com/a.png"), to: logo("https://app.acme.com/a.png"), is: "" },
  { to: logo("https://cdn.net/a.png"), is: "medium" },
  { from: logo("https://app.acme.com/a.png"), to: logo("https://app.acme.com/b.png"), is: "medium" },
  { from: logo("https://app.acme.com/a.png"), to: logo("https://cdn.net/a.png"), is: "high" },
  {
    it: "another picture",
    from: logo("https://app.acme.com/a.png"),
    to: logo("https://app.acme.com/a.png"),
    facts: { logoDigests: { before: "1", after: "2" } },
    is: "medium",
  },
]);
driftTable(driftLinkChanged, [
  { from: { client_uri: "https://acme.com/" }, to: { client_uri: "https://acme.com/" }, is: "" },
  { from: { client_uri: "https://acme.com/" }, to: { client_uri: "https://acme.com/x" }, is: "low" },
  { from: { tos_uri: "https://acme.com/" }, to: { tos_uri: "https://acme.net/" }, is: "medium" },
  { to: { policy_uri: "https://www.acme.com/privacy" }, is: "low" },
  { to: { policy_uri: "https://evil.net/privacy" }, is: "medium" },
]);
driftTable(driftContactsChanged, [
  {
    from: { contacts: ["a@acme.com", "b@acme.com"] },
    to: { contacts: ["b@acme.com", "a@acme.com"] },
    is: "",
  },
  { from: { contacts: ["a@acme.com"] }, to: { contacts: ["c@evil.net"] }, is: "medium", says: "c@evil.net" },
  {
    from: { organization_name: "Acme" },
    to: { organization_name: "Evil" },
    is: "medium",
    path: "/organization_name",
  },
]);
const statement = (claims: object) => ({
  software_statement: `x.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`,
});
driftTable(driftSoftwareStatementChanged, [
  { to: { software_statement: null }, is: "" },
  { to: statement({ iss: "https://a.net" }), is: "high" },
  { from: statement({ iss: "https://a.net" }), is: "high", effect: "shrinkage" },
  {
    from: statement({ iss: "https://a.net" }),
    to: statement({ iss: "https://b.net" }),
    is: "high",
    says: "https://b.net",
  },
  { from: statement({ iss: "https://a.net" }), to: statement({ iss: "https://a.net", iat: 5 }), is: "low" },
  {
    from: statement({ iss: "https://a.net" }),
    to: statement({ iss: "https://a.net", exp: 5 }),
    facts: { now: 6000 },
    is: "high",
    says: "expired",
  },
  { from: statement({ iss: "https://a.net" }), to: statement({ iss: "https://a.net" }), is: "" },
]);
driftTable(driftSoftwareIdChanged, [
  { from: { software_id: "a" }, to: { software_id: "b" }, is: "high" },
  { to: { software_id: "b" }, is: "medium" },
  { from: { software_id: "a" }, to: { software_id: "a" }, is: "" },
]);
