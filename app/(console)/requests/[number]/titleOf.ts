import type { Review } from "#lib/views/review/reviewRequest.ts";

/** What is going on, in a sentence over the review. */
export function titleOf(review: Review): string {
  const { name } = review.client;
  switch (review.kind) {
    case "approve":
      return review.approved
        ? `${name} asks to be approved again`
        : `${name} asks to be trusted for the first time`;
    case "unsuspend":
      return `Lift the suspension of ${name}?`;
    case "unblock":
      return `Lift the block of ${name}?`;
    case "change": {
      const first = review.changes[0];
      if (!first)
        return review.grants.some((grant) => grant.gained.length > 0) || review.losing.length > 0
          ? `Other access is asked for ${name}`
          : `${name} is to be approved for longer`;
      return fieldTitles[first.member]
        ? `${name} ${fieldTitles[first.member]}`
        : `${name} changed its document`;
    }
  }
}

const fieldTitles: Record<string, string> = {
  redirect_uris: "changed where codes may be sent",
  token_endpoint_auth_method: "changed how it authenticates",
  token_endpoint_auth_methods_supported: "changed how it authenticates",
  keys: "changed its keys",
  jwks: "changed its keys",
  jwks_uri: "changed where its keys come from",
  scope: "changed what it asks for",
  grant_types: "changed how it gets tokens",
  client_name: "changed its name",
  logo_uri: "changed its logo",
  software_id: "became other software",
};
