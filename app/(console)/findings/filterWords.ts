/** The filter language of findings, for the page that explains it. */
export const filterWords = {
  intro:
    "Words narrow the list together; values after a colon, separated by commas, are alternatives. Anything else is looked for in the sentence, the client, the host and the rule. Without a state, the list shows what is open or acknowledged.",
  words: [
    ["severity:critical,high", "Also medium, low, info."],
    ["state:snoozed", "Also open, acknowledged, dismissed, waived, resolved; any for all."],
    ["is:overdue", "Also proposed (waits for a second person), regressed, rolled_up. All of them must hold."],
    ["owner:mine", "A team of yours, the name of a team, none, or any."],
    ["assignee:me", "A name or an email address, none for nobody, any for somebody."],
    ["rule:drift.logo-changed", "Exactly this rule."],
    ["look:reach", "Found by trying to reach it; document, time or sight for the others."],
    ["host:claude.ai", "Exactly this host."],
    ["age:7d", "Open for at least so many days; age:1-7d between."],
  ],
} as const;
