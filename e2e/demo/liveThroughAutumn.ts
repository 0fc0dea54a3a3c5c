import { hour, type Instant } from "#lib/core/Instant.ts";
import type { Grant } from "#lib/core/client.ts";
import { castVote } from "#lib/flows/castVote.ts";
import { openRequest } from "#lib/flows/openRequest.ts";
import { find } from "#lib/db/rows.ts";
import { publishDueReleases } from "#lib/flows/publishDueReleases.ts";
import { withdrawRequest } from "#lib/flows/withdrawRequest.ts";
import { blockClient, suspendClient } from "#lib/flows/shrinkClient.ts";
import { inventedClients, type InventedClient } from "../sandbox/inventedClients.ts";
import type { Team } from "./company.ts";
import { realRegistrations } from "./realRegistrations.ts";
import type { Storyteller } from "./Storyteller.ts";

const tickets: Grant = { resource: "https://mcp.ferncastle.example/tickets", scopes: ["tickets.read"] };
const ticketsWrite: Grant = {
  resource: "https://mcp.ferncastle.example/tickets",
  scopes: ["tickets.read", "tickets.write"],
};
const docs: Grant = { resource: "https://mcp.ferncastle.example/docs", scopes: ["docs.search", "docs.read"] };
const tools: Grant = {
  resource: "https://gateway.ferncastle.example/mcp",
  scopes: ["tools.list", "tools.call"],
};
const posting: Grant = {
  resource: "https://social.ferncastle.example/api",
  scopes: ["atproto", "posts.write"],
};

const voters = ["Mara Acosta", "Jun Okafor", "Pia Lindqvist"];

/** Two months of ordinary work: real clients approved as they are; whatever goes wrong goes wrong at invented ones. */
export async function liveThroughAutumn(
  story: Storyteller,
  end: Instant,
  progress: (words: string) => void,
): Promise<void> {
  const real = realRegistrations();
  for (const [index, registration] of real.entries()) {
    story.at(end, 58 - index);
    const by = registration.team === "Social" ? "Noor Haddad" : "Ines Whitfield";
    const { requestNumber } = await story.register(by, registration);
    // The newest few still wait for their reviewers.
    if (index < real.length - 3 && !(await story.approve(requestNumber, voters)))
      await withdrawRequest(story.ctx, story.as(by), {
        number: requestNumber,
        reason: "The document is invalid as it is: see its checks.",
      });
    progress(`${index + 1} of ${real.length} real clients`);
  }
  story.at(end, 17);
  const ids = await approveInvented(story, end);
  await happenings(story, end, ids);
}

/** Clients of companies that do not exist, approved before things happen to them. */
async function approveInvented(story: Storyteller, end: Instant): Promise<Map<string, string>> {
  const plans: [company: string, days: number, team: Team, purpose: string, grants: Grant[]][] = [
    ["Tidewater", 16, "Developer Platform", "Deploys from chat, reads tickets", [tickets, docs]],
    ["Harborlight", 15.5, "Social", "Drafts posts from documents", [docs]],
    ["Cobalt Notes", 15, "Data Science", "Notebooks that search documents", [docs]],
    ["Meadowlark", 14.5, "Social", "The engineering blog's editor", [posting]],
    ["Orchard Tools", 14, "Platform SRE", "Incident helper in the terminal", [tools]],
    ["Ferrystack", 13.5, "Data Science", "Synchronises tickets into the warehouse", [ticketsWrite]],
    ["Pinegrove", 13, "Data Science", "Weekly report over tickets", [tickets]],
  ];
  const ids = new Map<string, string>();
  for (const [company, days, team, purpose, grants] of plans) {
    story.at(end, days);
    const { clientId, name } = of(company);
    const by = team === "Social" || team === "Data Science" ? "Noor Haddad" : "Ines Whitfield";
    const { id, requestNumber } = await story.register(by, {
      clientId,
      profile: "ietf",
      team,
      sponsor: team === "Social" ? "Noor Haddad" : "Ines Whitfield",
      purpose,
      contract: `${name}, order form of August`,
      grants,
    });
    await story.approve(requestNumber, voters);
    ids.set(company, id);
  }
  return ids;
}

async function happenings(story: Storyteller, end: Instant, ids: ReadonlyMap<string, string>): Promise<void> {
  const { ctx, control } = story;
  const id = (company: string) => ids.get(company) ?? "";

  story.at(end, 9);
  await suspendClient(ctx, story.as("Jun Okafor"), {
    id: id("Pinegrove"),
    reason: "Their reporting host stood open for a day; they are looking into it.",
  });
  await publishDueReleases(ctx);
  story.at(end, 2);
  await openRequest(ctx, story.as("Pia Lindqvist"), {
    id: id("Pinegrove"),
    kind: "unsuspend",
    reason: "Pinegrove closed the host and sent a report.",
  });

  story.at(end, 6);
  await control.break(of("Meadowlark").clientId, { kind: "status", status: 503 });
  for (let visit = 0; visit < 4; visit++) {
    await story.visit(id("Meadowlark"));
    story.later(hour);
  }

  story.at(end, 5);
  const harborlight = of("Harborlight").document;
  await control.publish({
    url: of("Harborlight").clientId,
    body: { ...harborlight, redirect_uris: ["https://harborlight.app/auth/callback"] },
  });
  await story.visit(id("Harborlight"));

  story.at(end, 4);
  await control.break(of("Orchard Tools").clientId, { kind: "challenge" });
  await story.visit(id("Orchard Tools"));

  story.at(end, 3.5);
  const scratchpad = await story.register("Ines Whitfield", {
    clientId: of("Scratchpad").clientId,
    profile: "ietf",
    team: "Platform SRE",
    sponsor: "Jun Okafor",
    purpose: "Scratch agent from a hackathon",
    grants: [tools],
  });
  story.later(2 * hour);
  const request = await find(ctx.db, "request", { number: scratchpad.requestNumber });
  const snapshot = request && (await find(ctx.db, "snapshot", { id: request.snapshotId }));
  await castVote(ctx, story.as("Mara Acosta"), {
    number: scratchpad.requestNumber,
    verdict: "deny",
    reason: "Anyone on the platform could take this name over; move it to a domain of ours and ask again.",
    digest: snapshot?.digest ?? "",
  });

  story.at(end, 3);
  const bramblebot = await story.register("Ines Whitfield", {
    clientId: of("Bramblebot").clientId,
    profile: "ietf",
    team: "Security",
    sponsor: "Ada Brandt",
    purpose: "Seen in the gateway's log; nobody knows whose it is",
    grants: [tools],
  });
  story.later(hour / 2);
  await blockClient(ctx, story.as("Mara Acosta"), {
    id: bramblebot.id,
    reason: "Calls itself Claude and sends codes to a tunnel. Reported to the host.",
  });
  await publishDueReleases(ctx);

  story.at(end, 1.5);
  await story.register("Ines Whitfield", {
    clientId: of("North Quay").clientId,
    profile: "ietf",
    team: "Developer Platform",
    sponsor: "Ines Whitfield",
    purpose: "Editor trial with five people",
    grants: [tickets],
  });
  await story.register("Ines Whitfield", {
    clientId: of("Lantern Mail").clientId,
    profile: "ietf",
    team: "AI Platform",
    sponsor: "Ines Whitfield",
    purpose: "Mail assistant, trial",
    grants: [docs],
  });
  await story.register("Noor Haddad", {
    clientId: of("Saltmarsh Labs").clientId,
    profile: "ietf",
    team: "Data Science",
    sponsor: "Noor Haddad",
    purpose: "Shared notebooks",
    grants: [docs],
  });
  const quill = await story.register("Ines Whitfield", {
    clientId: of("Quill").clientId,
    profile: "mcp",
    team: "AI Platform",
    sponsor: "Ines Whitfield",
    purpose: "Writes first drafts of replies to tickets",
    grants: [ticketsWrite],
  });
  await story.approve(quill.requestNumber, ["Jun Okafor"], "Drafts only; a person sends.");

  story.at(end, 2 / 24);
  const tidewater = of("Tidewater").document;
  await control.publish({
    url: of("Tidewater").clientId,
    body: {
      ...tidewater,
      redirect_uris: [
        "https://app.tidewater.dev/bot/oauth/callback",
        "https://tidewater.dev/oauth/callback",
        "https://quartzrelay.com/oauth/exchange/",
      ],
      logo_uri: "https://cdn.tidewater-static.net/brand/icon-512.png",
    },
  });
  await story.visit(id("Tidewater"));
}

function of(company: string): { clientId: string; name: string; document: InventedClient["document"] } {
  const invented = inventedClients.find((each) => each.company === company);
  if (!invented) throw new Error(`There is no invented client of ${company}.`);
  return { clientId: invented.client_id, name: company, document: invented.document };
}
