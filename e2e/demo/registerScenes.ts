import { withdrawRequest } from "#lib/flows/review/withdrawRequest.ts";
import { companyOf } from "./companyOf.ts";
import { docs, posting, tickets, ticketsWrite, tools } from "./grants.ts";
import type { Grant } from "#lib/core/client.ts";
import type { Team } from "./company.ts";
import { realRegistrations } from "./realRegistrations.ts";
import type { Scene } from "./Scene.ts";

/** Who decides, one after another. */
export const voters = ["Mara Acosta", "Jun Okafor", "Pia Lindqvist"];

/** Real clients, one a day, approved as they are. The newest few still wait for their reviewers. */
export function realScenes(): Scene[] {
  const real = realRegistrations();
  return real.map((registration, index) => ({
    days: index < real.length - 3 ? 58 - index : real.length - index + 1.3,
    async play(story) {
      const by = steward(registration.team);
      const { requestNumber } = await story.register(by, registration);
      if (index < real.length - 3 && !(await story.approve(requestNumber, voters)))
        await withdrawRequest(story.ctx, story.as(by), {
          number: requestNumber,
          reason: "The document is invalid as it is: see its checks.",
        });
    },
  }));
}

type Plan = readonly [
  company: string,
  days: number,
  team: Team,
  purpose: string,
  grants: readonly Grant[],
  validDays?: number,
];

/** The pilot of spring comes first: its key is old by now. */
const plans: readonly Plan[] = [
  ["Ferrystack", 196, "Data Science", "Synchronises tickets into the warehouse", [ticketsWrite], 365],
  ["Tidewater", 56.5, "Developer Platform", "Deploys from chat, reads tickets", [tickets, docs]],
  ["Harborlight", 55.4, "Social", "Drafts posts from documents", [docs]],
  ["Cobalt Notes", 54.6, "Data Science", "Notebooks that search documents", [docs]],
  ["Meadowlark", 52.3, "Social", "The engineering blog's editor", [posting]],
  ["Orchard Tools", 51.5, "Platform SRE", "Incident helper in the terminal", [tools]],
  ["Lindenhall", 50.4, "Developer Platform", "Keeps branches and tickets in step", [tickets]],
  ["Pinegrove", 49.6, "Data Science", "Weekly report over tickets", [tickets]],
  ["Elmbridge", 48.5, "Data Science", "Dashboards over tickets", [tickets]],
  ["Sablepoint", 47.4, "Platform SRE", "Moves maintenance windows", [tools]],
  ["Brightmere", 46.6, "Social", "Finds the right document for a customer", [docs]],
  ["Almanac Drafts", 44.6, "Social", "First drafts for the newsroom", [docs]],
  ["Almanac Calendar", 44.4, "Social", "The newsroom's calendar", [docs]],
  ["Almanac Archive", 44.2, "Social", "Finds what the newsroom wrote before", [docs]],
  ["Almanac Newsletter", 43.8, "Social", "The weekly newsletter", [docs]],
  ["Kittiwake", 43.5, "Developer Platform", "Notes of meetings, beside their documents", [docs]],
];

/** Clients of companies that do not exist, approved before things happen to them. */
export const inventedScenes: readonly Scene[] = plans.map(
  ([company, days, team, purpose, grants, validDays]) => ({
    days,
    async play(story) {
      const { clientId, name } = companyOf(company);
      const by = steward(team);
      const { id, requestNumber } = await story.register(by, {
        clientId,
        profile: "ietf",
        team,
        sponsor: by,
        purpose,
        contract: `${name}, order form of August`,
        grants,
        ...(validDays === undefined ? {} : { validDays }),
      });
      story.ids.set(company, id);
      await story.approve(requestNumber, voters);
    },
  }),
);

function steward(team: Team): string {
  return team === "Social" || team === "Data Science" ? "Noor Haddad" : "Ines Whitfield";
}
