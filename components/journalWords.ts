const words: Record<string, string> = {
  "audience.created": "added the authorization server",
  "client.approved": "approved",
  "client.blocked": "blocked",
  "client.document_changed": "noticed a changed document of",
  "client.edited": "edited",
  "client.registered": "registered",
  "client.retired": "retired",
  "client.suspended": "suspended",
  "client.sync_changed": "noticed a change in reading",
  "consumer.connected": "connected a server to",
  "person.changed": "changed the account of",
  "person.created": "created the account of",
  "person.invited": "invited",
  "release.published": "published a release of",
  "request.denied": "denied a request for",
  "request.opened": "opened a request for",
  "request.withdrawn": "withdrew a request for",
  "resource.added": "added a resource to",
  "resource.changed": "changed a resource of",
  "sign_in.failed": "counted a failed sign-in of",
  "signing_key.active": "started to sign with",
  "signing_key.published": "published the signing key",
  "signing_key.retired": "retired the signing key",
  "signing_key.retiring": "stopped signing with",
  "team.created": "added the team",
  "token.issued": "issued the token",
  "token.revoked": "revoked the token",
  "vote.approve": "voted to approve",
  "vote.deny": "voted to deny",
};

/** An action of the journal as the middle of a sentence: who … what. */
export function journalWords(action: string): string {
  return words[action] ?? action.replaceAll(/[._]/g, " ");
}
