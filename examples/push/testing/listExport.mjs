import { serve } from "./serve.mjs";

export const now = Date.UTC(2026, 10, 21, 9);

export const entry = {
  status: "allow",
  redirect_uris: [{ uri: "https://app.acme.com/callback", match: "exact" }],
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code", "refresh_token"],
};

/** Rollcall's plain-JSON export of a list that says what `state` says at the moment. */
export async function listExport() {
  const state = { entries: {}, exp: now / 1000 + 3600, status: 200 };
  const served = await serve((_method, _url, _body, headers) =>
    headers.authorization === "Bearer rcc_test"
      ? [state.status, { list: "prod", rev: 7, seq: 9, exp: state.exp, entries: state.entries }]
      : [401, { type: "/problems/unauthorized" }],
  );
  return { ...served, state };
}
