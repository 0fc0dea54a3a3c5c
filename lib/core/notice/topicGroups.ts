/** First words of the topics that concern people, as a channel chooses among them. */
export const topicGroups = [
  { id: "finding", title: "Findings", about: "opened, came back, overdue, resolved" },
  { id: "client", title: "Clients", about: "approved, suspended, blocked, retired" },
  { id: "request", title: "Requests", about: "somebody, or a changed document, asks for a decision" },
  {
    id: "namespace",
    title: "Namespaces",
    about: "waits for votes, approved, suspended, has too many children",
  },
  { id: "key", title: "Keys", about: "the owner announced the next one" },
  { id: "copy", title: "Attested copies", about: "uploaded and to be compared, attested, refused" },
  { id: "server", title: "Servers", about: "one runs a foreign release, or meets too many clients" },
  { id: "list", title: "Published lists", about: "publishing stopped, or a list cannot be used" },
  { id: "log", title: "The log", about: "it was cut or changed" },
  { id: "signing_key", title: "Signing keys", about: "revoked, or nothing can be signed" },
  { id: "host", title: "Hosts", about: "blocked, unblocked" },
  { id: "channel", title: "Notifications", about: "another channel no longer gets through" },
] as const;

export type TopicGroup = (typeof topicGroups)[number]["id"];

/** The group of a topic: its first word. */
export function groupOf(topic: string): string {
  return topic.split(".", 1)[0] ?? "";
}
