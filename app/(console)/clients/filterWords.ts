/** The filter language of clients, for the page that explains it. */
export const filterWords = {
  intro:
    "Words narrow the list together; values after a colon, separated by commas, are alternatives. Anything else is looked for in the name and the client_id.",
  words: [
    ["lifecycle:approved,pending", "Also discovered, suspended, denied, blocked, retired, expired."],
    ["sync:held", "Also in_sync, challenged, unreachable, gone, never_fetched."],
    ['owner:"AI Platform"', "Name of a team; none for nobody, any for somebody."],
    ["risk:high,critical", "Also medium, low."],
    [
      "redirect:other_site",
      "Also same_host, same_site, loopback, shared_host, private_scheme, http_remote, none.",
    ],
    ["host:claude.ai", "Exactly this host. domain: takes every host below it."],
    ["expires:30d", "Approvals that end within so many days."],
    ["profile:mcp", "Also ietf, atproto."],
  ],
} as const;
