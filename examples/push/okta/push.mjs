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

  /** A PUT replaces the whole app: what administrators set beside ours goes back as it came. */
  const rewrite = async (id, { settings, profile }, activate = false) => {
    const path = `/api/v1/apps/${id}`;
    const { body: app } = await api("GET", path);
    // First, for an inactive app that carries an approval is taken for one that somebody switched off.
    if (activate && app.status !== "ACTIVE") await api("POST", `${path}/lifecycle/activate`);
    const oauthClient = { ...app.settings?.oauthClient, ...settings?.oauthClient };
    const body = {
      ...app,
      settings: { ...app.settings, oauthClient },
      profile: { ...app.profile, ...profile },
    };
    await api("PUT", path, body);
  };

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
        const app = appOf(clientId, digest);
        if (known) await rewrite(known.id, app, true);
        else await api("POST", "/api/v1/apps?activate=true", app);
        return undefined;
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return error.message;
        throw error;
      }
    },
    async disable(id) {
      await api("POST", `/api/v1/apps/${id}/lifecycle/deactivate`);
      await rewrite(id, { profile: { rollcall_entry: "" } });
    },
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
