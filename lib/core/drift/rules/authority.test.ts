import { driftTable } from "../testing/driftTable.ts";
import { driftApplicationTypeChanged } from "./application-type-changed.ts";
import { driftFlowSettingChanged } from "./flow-setting-changed.ts";
import { driftFlowUriChanged } from "./flow-uri-changed.ts";
import { driftGrantTypeAdded } from "./grant-type-added.ts";
import { driftGrantTypeRemoved } from "./grant-type-removed.ts";
import { driftResponseTypeAdded } from "./response-type-added.ts";
import { driftResponseTypeRemoved } from "./response-type-removed.ts";
import { driftScopeNarrowed } from "./scope-narrowed.ts";
import { driftScopeWidened } from "./scope-widened.ts";

const scope = (scope?: string) => ({ scope });
driftTable(driftScopeWidened, [
  { from: scope("a b"), to: scope("b a"), is: "" },
  { from: scope("a"), to: scope("a b c"), is: "high", says: '"b" and "c"', effect: "growth" },
  { from: scope(), to: scope("a"), is: "high" },
  { from: scope("a"), to: scope("a b"), facts: { approvedScopes: ["a", "b"] }, is: "high" },
  { from: scope("a"), to: scope("a b"), facts: { approvedScopes: ["a"] }, is: "critical" },
]);
driftTable(driftScopeNarrowed, [
  { from: scope("a b"), to: scope("a"), is: "low", effect: "shrinkage" },
  { from: scope("a"), to: scope("a b"), is: "" },
]);
const grants = (...grant_types: string[]) => ({ grant_types });
const code = "authorization_code";
driftTable(driftGrantTypeAdded, [
  { from: { grant_types: undefined }, to: grants(code), is: "" },
  { from: grants(code), to: grants(code, "client_credentials"), is: "high", says: "without any person" },
  { from: grants(code), to: grants(code, "implicit", "password"), is: "high high" },
  { from: grants(code), to: grants(code, "urn:ietf:params:oauth:grant-type:device_code"), is: "high" },
  { from: grants(code), to: grants(code, "urn:ietf:params:oauth:grant-type:token-exchange"), is: "high" },
  { from: grants(code), to: grants(code, "urn:x:new"), is: "high", says: "not known" },
  { from: grants(code), to: grants("refresh_token", code), is: "low" },
  { from: grants("client_credentials"), to: grants("client_credentials", code), is: "medium" },
]);
driftTable(driftGrantTypeRemoved, [
  { from: grants(code, "refresh_token"), to: grants(code), is: "medium", effect: "shrinkage" },
  { from: grants(code), to: grants(code, "refresh_token"), is: "" },
]);
const answers = (...response_types: string[]) => ({ response_types });
driftTable(driftResponseTypeAdded, [
  { from: { response_types: undefined }, to: answers("code"), is: "" },
  { from: answers("code"), to: answers("code", "token"), is: "high" },
  { from: answers("code"), to: answers("code", "id_token token"), is: "high" },
  { from: answers("id_token token"), to: answers("token id_token"), is: "" },
  { from: answers("code"), to: answers("code", "none"), is: "medium" },
]);
driftTable(driftResponseTypeRemoved, [
  { from: answers("code", "token"), to: answers("code"), is: "medium" },
  { from: answers("code"), to: answers("code", "token"), is: "" },
]);
driftTable(driftApplicationTypeChanged, [
  { to: { application_type: "web" }, is: "" },
  { to: { application_type: "native" }, is: "medium" },
  { from: { application_type: "native" }, is: "high" },
]);
const logout = (...post_logout_redirect_uris: string[]) => ({ post_logout_redirect_uris });
driftTable(driftFlowUriChanged, [
  {
    from: logout("https://app.acme.com/a", "https://app.acme.com/b"),
    to: logout("https://app.acme.com/b", "https://app.acme.com/a"),
    is: "",
  },
  { to: logout("https://app.acme.com/bye"), is: "medium" },
  {
    from: logout("https://app.acme.com/bye"),
    to: logout("https://evil.net/bye"),
    is: "high",
    says: "evil.net",
  },
  { to: { initiate_login_uri: "https://evil.net/" }, is: "high" },
  { to: { backchannel_client_notification_endpoint: "https://evil.net/n" }, is: "high", effect: "growth" },
  { from: logout("https://app.acme.com/bye"), is: "medium", effect: "shrinkage" },
]);
driftTable(driftFlowSettingChanged, [
  { to: { authorization_details_types: ["payment"] }, is: "medium" },
  { from: { subject_type: "pairwise" }, to: { subject_type: "public" }, is: "medium" },
  { from: { subject_type: "public" }, to: { subject_type: "public" }, is: "" },
]);
