#!/usr/bin/env node
import { callApi, ApiError } from "../callApi.mjs";
import { asProgram, needed } from "../runPush.mjs";

const longestUrl = 120;
const metadata = (list, digest) => ({ managed_by: "rollcall", rollcall_list: list, rollcall_entry: digest });

/** An Auth0 tenant. Needs AUTH0_DOMAIN and AUTH0_TOKEN (scopes read:, create: and update:clients). */
export function openTenant(env, { sleep, now }, list) {
  const domain = needed(env, "AUTH0_DOMAIN");
  const api = callApi({
    base: /^https?:/.test(domain) ? domain : `https://${domain}`,
    headers: { authorization: `Bearer ${needed(env, "AUTH0_TOKEN")}` },
    sleep,
    now,
  });
  // A client without a grant type gets no code, no token and no refresh.
  const disable = (id, digest = "") =>
    api("PATCH", `/api/v2/clients/${encodeURIComponent(id)}`, {
      grant_types: [],
      client_metadata: metadata(list, digest),
    });

  return {
    limit: urlLimit,
    async list() {
      const found = [];
      const fields = "client_id,external_client_id,client_metadata,grant_types";
      for (let from = ""; ;) {
        const page = new URLSearchParams({
          take: "100",
          fields,
          include_fields: "true",
          ...(from && { from }),
        });
        const { body } = await api("GET", `/api/v2/clients?${page}`);
        for (const client of body.clients) {
          if (!client.external_client_id) continue;
          const { managed_by, rollcall_list, rollcall_entry } = client.client_metadata ?? {};
          found.push({
            id: client.client_id,
            clientId: client.external_client_id,
            ours: managed_by === "rollcall" && rollcall_list === list,
            active: (client.grant_types ?? []).length > 0,
            digest: rollcall_entry,
          });
        }
        if (!body.next) return found;
        from = body.next;
      }
    },
    async enable(clientId, { entry, digest }, known) {
      try {
        const { body: preview } = await api("POST", "/api/v2/clients/cimd/preview", {
          external_client_id: clientId,
        });
        const why = faultOf(preview) ?? wider(preview.mapped_fields, entry);
        if (why) {
          // What Auth0 keeps of it is from another approval.
          if (known?.ours) await disable(known.id);
          return why;
        }
        const { body: registered } = await api("POST", "/api/v2/clients/cimd/register", {
          external_client_id: clientId,
        });
        // The document may have become another between the two.
        const since = wider(registered.mapped_fields, entry);
        if (since) {
          await disable(registered.client_id);
          return since;
        }
        await api("PATCH", `/api/v2/clients/${encodeURIComponent(registered.client_id)}`, {
          grant_types: grantTypes(registered.mapped_fields),
          client_metadata: metadata(list, digest),
        });
        return undefined;
      } catch (error) {
        if (error instanceof ApiError && error.status === 400) return error.message;
        throw error;
      }
    },
    disable,
  };
}

/** Auth0's rules for the URL, so that nothing is sent that would be refused. */
export function urlLimit(clientId) {
  if (Buffer.byteLength(clientId) > longestUrl) return `Auth0 takes URLs of at most ${longestUrl} bytes.`;
  const url = URL.canParse(clientId) ? new URL(clientId) : undefined;
  if (url?.protocol !== "https:") return "Auth0 takes https URLs only.";
  if (/[?#]/.test(clientId)) return "Auth0 takes no query and no fragment.";
  if (url.username || url.password) return "Auth0 takes no user name in the URL.";
  if (["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) return "Auth0 takes no loopback host.";
  if (url.port === "0") return "Auth0 takes no port 0.";
  if (url.pathname === "/" || /\/(\.|%2e){1,2}(\/|$)/i.test(clientId))
    return "Auth0 needs a path without dot segments.";
  if (/%(?![0-9a-f]{2})/i.test(clientId)) return "Its percent-encoding is broken.";
  return undefined;
}

function faultOf({ validation, errors }) {
  const faults = [...(errors ?? []), ...(validation?.violations ?? [])];
  return validation?.valid === true && faults.length === 0
    ? undefined
    : `Auth0: ${faults.join("; ") || "not valid"}`;
}

/** A document that names none has this one (RFC 7591). */
function grantTypes(fields) {
  return fields?.grant_types ?? ["authorization_code"];
}

/** Auth0 would keep what the document says now: it must not be more than was approved. */
function wider(fields = {}, entry) {
  const approved = new Set(entry.redirect_uris?.map(({ uri }) => uri));
  const redirect = (fields.callbacks ?? []).find((uri) => !approved.has(uri));
  if (redirect !== undefined) return `Its document has the redirect URI ${redirect}, which is not approved.`;
  const grant = grantTypes(fields).find((type) => !entry.grant_types?.includes(type));
  if (grant !== undefined) return `Its document has the grant type ${grant}, which is not approved.`;
  // Auth0 names a key-authenticated client by its credentials instead.
  const method = fields.client_authentication_methods?.private_key_jwt
    ? "private_key_jwt"
    : (fields.token_endpoint_auth_method ?? "none");
  if (method !== (entry.token_endpoint_auth_method ?? "none"))
    return `Its document authenticates with ${method}, which is not approved.`;
  return undefined;
}

await asProgram(import.meta.url, openTenant);
