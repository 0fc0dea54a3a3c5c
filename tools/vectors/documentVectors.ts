import { headTyp, type AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { claimsOf, now, sha256, type Put } from "./claims.ts";
import type { LookupVector } from "./Vector.ts";
import { signClaims, vectorKey } from "./vectorKeys.ts";

/** What the live document, which the server fetched, takes away from an entry. It gives nothing. */
export async function documentVectors(put: Put): Promise<LookupVector[]> {
  const key = await vectorKey("signing");
  const client_id = "https://app.example/client.json";
  const strict = "https://strict.example/client.json";
  const entry: AllowlistEntry = {
    status: "allow",
    redirect_uris: [
      { uri: "https://app.example/cb", match: "exact" },
      { uri: "http://127.0.0.1:33418/cb", match: "loopback_any_port" },
    ],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code", "refresh_token"],
    doc_sha256: ["Cm9QgGXvT1aPnSXzBTOWkU0TfP9ZJkhpNdZ0bR1dVtk"],
  };
  const body = JSON.stringify({
    entries: { [client_id]: entry, [strict]: { ...entry, on_doc_mismatch: "deny" } },
    v: 1,
  });
  put(`objects/${sha256(body)}`, body);
  const claims = { ...claimsOf(sha256(body), 2), seq: 491 };
  const head = put("heads/lookup-document.jws", await signClaims(key, headTyp, claims));

  const redirect_uris = entry.redirect_uris?.map(({ uri }) => uri) ?? [];
  const document = { client_id, redirect_uris };
  const redirect_uri = "https://app.example/cb";
  const loopback = "http://127.0.0.1:4711/cb";
  const gained = {
    redirect_uri: "https://app.example/new",
    document: { ...document, redirect_uris: ["https://app.example/new"] },
  };
  const cases: [
    name: string,
    expect: string,
    what: string,
    part: Partial<LookupVector["question"]>,
    without?: string,
  ][] = [
    ["document", "allow", "The document says what was approved.", { redirect_uri, document }],
    [
      "document-loopback",
      "allow",
      "A loopback redirect may have another port than the document's.",
      { redirect_uri: loopback, document },
    ],
    [
      "document-other-client",
      "document_mismatch",
      "It names another client_id.",
      { document: { ...document, client_id: strict } },
      "allow",
    ],
    [
      "document-lost-redirect",
      "redirect_not_approved",
      "It lists the redirect no longer.",
      { redirect_uri, document: { client_id, redirect_uris: [] } },
      "allow",
    ],
    [
      "document-lost-loopback",
      "redirect_not_approved",
      "It lists the loopback redirect no longer.",
      { redirect_uri: loopback, document: { client_id, redirect_uris: ["http://127.0.0.1:33418/other"] } },
      "allow",
    ],
    [
      "document-gained-redirect",
      "redirect_not_approved",
      "What it lists beyond the entry counts for nothing.",
      gained,
      "redirect_not_approved",
    ],
    [
      "document-lost-method",
      "auth_method_mismatch",
      "It names another method.",
      { document: { ...document, token_endpoint_auth_method: "private_key_jwt" } },
      "allow",
    ],
    [
      "document-several-methods",
      "allow",
      "It offers the method beside another.",
      {
        document: {
          ...document,
          token_endpoint_auth_method: "private_key_jwt",
          token_endpoint_auth_methods_supported: ["none"],
        },
      },
    ],
    [
      "document-no-grant-types",
      "allow",
      "Without `grant_types` it is authorization_code and refresh_token.",
      { grant_type: "refresh_token", document },
    ],
    [
      "document-lost-grant-type",
      "grant_type_not_approved",
      "It names the grant type no longer.",
      { grant_type: "refresh_token", document: { ...document, grant_types: ["authorization_code"] } },
      "allow",
    ],
    [
      "digest",
      "allow",
      "The digest of an approved document.",
      { client_id: strict, document_sha256: "Cm9QgGXvT1aPnSXzBTOWkU0TfP9ZJkhpNdZ0bR1dVtk" },
    ],
    [
      "digest-other",
      "document_mismatch",
      "Another digest, where the entry insists.",
      { client_id: strict, document_sha256: sha256("x") },
      "allow",
    ],
    ["digest-other-unasked", "allow", "Another digest, where it does not.", { document_sha256: sha256("x") }],
  ];
  return cases.map(([name, expect, what, part, without]) => ({
    name,
    what,
    head,
    jwks: "jwks/good.json",
    objects: ["objects"],
    now,
    question: { client_id, ...part },
    expect,
    ...(without && { expect_without_document: without }),
  }));
}
