import { hour, minute } from "#lib/core/Instant.ts";
import { castVote } from "#lib/flows/review/castVote.ts";
import { openRequest } from "#lib/flows/review/openRequest.ts";
import { blockClient, suspendClient } from "#lib/flows/clients/shrinkClient.ts";
import { companyOf } from "./companyOf.ts";
import { docs, tickets, ticketsWrite, tools } from "./grants.ts";
import type { Scene } from "./Scene.ts";

/** What people decide about clients: a suspension, a denial, a block, a few that wait. */
export const trustScenes: readonly Scene[] = [
  {
    days: 9,
    play: (story) =>
      suspendClient(story.ctx, story.as("Jun Okafor"), {
        id: story.idOf("Pinegrove"),
        reason: "Their reporting host stood open for a day; they are looking into it.",
      }),
  },
  {
    days: 2,
    play: (story) =>
      openRequest(story.ctx, story.as("Pia Lindqvist"), {
        id: story.idOf("Pinegrove"),
        kind: "unsuspend",
        reason: "Pinegrove closed the host and sent a report.",
      }),
  },
  {
    days: 3.5,
    async play(story) {
      const { requestNumber: number } = await story.register("Ines Whitfield", {
        clientId: companyOf("Scratchpad").clientId,
        profile: "ietf",
        team: "Platform SRE",
        sponsor: "Jun Okafor",
        purpose: "Scratch agent from a hackathon",
        grants: [tools],
      });
      story.later(2 * hour);
      await castVote(story.ctx, story.as("Mara Acosta"), {
        number,
        verdict: "deny",
        reason:
          "Anyone on the platform could take this name over; move it to a domain of ours and ask again.",
        digest: (await story.snapshotOf(number))?.digest ?? "",
      });
    },
  },
  {
    days: 3,
    async play(story) {
      const { id } = await story.register("Ines Whitfield", {
        clientId: companyOf("Bramblebot").clientId,
        profile: "ietf",
        team: "Security",
        sponsor: "Ada Brandt",
        purpose: "Seen in the gateway's log; nobody knows whose it is",
        grants: [tools],
      });
      story.later(30 * minute);
      await blockClient(story.ctx, story.as("Mara Acosta"), {
        id,
        reason: "Calls itself Claude and sends codes to a tunnel. Reported to the host.",
      });
    },
  },
  {
    days: 1.5,
    async play(story) {
      await story.register("Ines Whitfield", {
        clientId: companyOf("North Quay").clientId,
        profile: "ietf",
        team: "Developer Platform",
        sponsor: "Ines Whitfield",
        purpose: "Editor trial with five people",
        grants: [tickets],
      });
      await story.register("Ines Whitfield", {
        clientId: companyOf("Lantern Mail").clientId,
        profile: "ietf",
        team: "AI Platform",
        sponsor: "Ines Whitfield",
        purpose: "Mail assistant, trial",
        grants: [docs],
      });
      await story.register("Noor Haddad", {
        clientId: companyOf("Saltmarsh Labs").clientId,
        profile: "ietf",
        team: "Data Science",
        sponsor: "Noor Haddad",
        purpose: "Shared notebooks",
        grants: [docs],
      });
      const quill = await story.register("Ines Whitfield", {
        clientId: companyOf("Quill").clientId,
        profile: "mcp",
        team: "AI Platform",
        sponsor: "Ines Whitfield",
        purpose: "Writes first drafts of replies to tickets",
        grants: [ticketsWrite],
      });
      await story.approve(quill.requestNumber, ["Jun Okafor"], "Drafts only; a person sends.");
    },
  },
];
