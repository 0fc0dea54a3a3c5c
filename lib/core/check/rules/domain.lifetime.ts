import { day } from "#lib/core/Instant.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check, Problem } from "../Check.ts";
import { draft } from "../draft.ts";

export const domainLifetime: Check = {
  id: "domain.lifetime",
  severity: "warning",
  title: "Young, expiring or abandoned domain",
  rationale:
    "Whoever holds the domain is the client. A lapsed domain hands every consent to its next holder.",
  clause: draft("§8.3, §8.9 (the limits are ours)"),
  example: "A domain registered a week ago",
  run({ domainFacts: facts, owner }) {
    if (facts === undefined) return [];
    const name = owner?.label ?? "The domain";
    const problems: Problem[] = [];
    const found = (message: string, severity?: "info") =>
      problems.push({ message, path: "client_id", severity });
    const age =
      facts.registeredAt === undefined ? undefined : Math.floor((facts.now - facts.registeredAt) / day);
    if (age !== undefined && age < 30) found(`${name} was registered ${age} days ago. Ask who is behind it.`);
    const left = facts.expiresAt === undefined ? undefined : Math.floor((facts.expiresAt - facts.now) / day);
    if (left !== undefined && left < 60) {
      found(
        left < 0
          ? `The registration of ${name} has expired. Have it renewed.`
          : `The registration of ${name} ends in ${left} days. Have it renewed.`,
      );
    }
    if (facts.registrantKnown === false) found(`The registrant of ${name} is not published.`, "info");
    if (facts.danglingCname !== undefined) {
      found(
        `${name} points to "${visibleText(facts.danglingCname)}", which nobody holds. Remove the DNS record before somebody claims it.`,
      );
    }
    return problems;
  },
};
