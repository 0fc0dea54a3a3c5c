#!/usr/bin/env node
import { callApi, ApiError } from "../callApi.mjs";
import { asProgram, needed } from "../runPush.mjs";

const longestLabel = 100;

/** An Okta org. Needs OKTA_ORG (https://….okta.com) and OKTA_TOKEN (SSWS token, or an access token with okta.apps.manage). */
export function openTenant(env, { sleep, now }, list) {
  const token = needed(env, "OKTA_TOKEN");
  const api = callApi({
    base: needed(env, "OKTA_ORG"),
    headers: { authorization: token.startsWith("ey") ? `Bearer ${token}` : `SSWS ${token}` },
    sleep,
    now,
  });
  const appOf = (clientId, digest) => ({
    name: "oidc_client",
    label: label(clientId),
    signOnMode: "OPENID_CONNECT",
    settings: { oauthClient: { cimdClient: true, cimdUrl: clientId } },
    profile: { managed_by: "rollcall", rollcall_list: list, rollcall_entry: digest },
  });

  return {
    limit: urlLimit,
    async list() {
      const found = [];
      for (let path = "/api/v1/apps?limit=200"; path;) {
        const { body, headers } = await api("GET", path);
        for (const app of body) {
          const { cimdClient, cimdUrl } = app.settings?.oauthClient ?? {};
          if (!cimdClient || !cimdUrl) continue;
          const { managed_by, rollcall_list, rollcall_entry } = app.profile ?? {};
          found.push({
            id: app.id,
            clientId: cimdUrl,
            ours: managed_by === "rollcall" && rollcall_list === list,
            active: app.status === "ACTIVE",
            digest: rollcall_entry,
          });
        }
        path = nextPath(headers.get("link"));
      }
      return found;
    },
    async enable(clientId, { digest }, known) {
      try {
        if (!known) {
          await api("POST", "/api/v1/apps?activate=true", appOf(clientId, digest));
          return undefined;
        }
        const { id } = known;
        // The whole app is replaced by a PUT: what administrators set beside ours goes back as it came.
        const { body: app } = await api("GET", `/api/v1/apps/${id}`);
        const { settings, profile } = appOf(clientId, digest);
        await api("PUT", `/api/v1/apps/${id}`, {
          ...app,
          settings: {
            ...app.settings,
            oauthClient: { ...app.settings?.oauthClient, ...settings.oauthClient },
          },
          profile: { ...app.profile, ...profile },
        });
        if (app.status !== "ACTIVE") await api("POST", `/api/v1/apps/${id}/lifecycle/activate`);
        return undefined;
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return error.message;
        throw error;
      }
    },
    disable: (id) => api("POST", `/api/v1/apps/${id}/lifecycle/deactivate`),
  };
}

/** What Okta takes as `cimdUrl`, so that nothing is sent that would be refused. */
export function urlLimit(clientId) {
  const url = URL.canParse(clientId) ? new URL(clientId) : undefined;
  if (url?.protocol !== "https:") return "Okta takes https URLs only.";
  if (url.href !== clientId) return `Okta would read the URL as ${url.href}.`;
  if (url.username || url.password || url.hash) return "Okta takes no user name and no fragment in the URL.";
  return undefined;
}

/** An app's label has to be unique and short; the end of the URL tells clients of one host apart. */
function label(clientId) {
  const name = `Rollcall ${clientId.slice("https://".length)}`;
  return name.length <= longestLabel ? name : `${name.slice(0, 40)}…${name.slice(41 - longestLabel)}`;
}

/** Path and query of `rel="next"`; only the org's own path is followed. */
function nextPath(link) {
  const next = /<([^>]+)>;\s*rel="next"/.exec(link ?? "")?.[1];
  if (!next) return undefined;
  const { pathname, search } = new URL(next);
  return pathname + search;
}

await asProgram(import.meta.url, openTenant);
