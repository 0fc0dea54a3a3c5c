/** A section of the Client ID Metadata Document draft, revision -02. */
export function draft(section: string): string {
  return `draft-ietf-oauth-client-id-metadata-document-02 ${section}`;
}
