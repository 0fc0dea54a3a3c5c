import type { Grant } from "#lib/core/client.ts";
import { day, hour, minute } from "#lib/core/Instant.ts";
import { namespaceDigest } from "#lib/core/namespace/namespaceDigest.ts";
import { find, insert } from "#lib/db/rows.ts";
import { limitNamespaces } from "#lib/flows/namespaces/limitNamespaces.ts";
import { namespaceOf } from "#lib/flows/namespaces/namespaceOf.ts";
import { proposeNamespace } from "#lib/flows/namespaces/proposeNamespace.ts";
import { voteOnNamespace } from "#lib/flows/namespaces/voteOnNamespace.ts";
import { docs, tickets, tools } from "./grants.ts";
import type { Scene } from "./Scene.ts";
import type { Storyteller } from "./Storyteller.ts";

const connectors = ["3f9c81d2", "7be04a55", "a91d22f0", "c47e6b18", "d02f9ab3", "e8817c46", "f3a5d90c"];

/** Publishers that make a client_id per connector: one approved as a whole, one that waits for votes. */
export const namespaceScenes: readonly Scene[] = [
  {
    days: 21,
    async play(story) {
      const { number } = await proposeNamespace(story.ctx, story.as("Ines Whitfield"), {
        pattern: "https://quillnest.app/connectors/*/client.json",
        name: "Quillnest connectors",
        ownerTeamId: story.cast.teamIds.get("AI Platform") ?? "",
        sponsor: "Ines Whitfield",
        purpose: "Quillnest makes one client for each connector that somebody adds in its chat.",
        constraints: {
          redirectHosts: ["quillnest.app"],
          loopback: false,
          methods: ["none", "private_key_jwt"],
          keyHost: "quillnest.app",
          grantTypes: ["authorization_code", "refresh_token"],
          grants: [
            { ...tickets, scopes: [...tickets.scopes] },
            { ...docs, scopes: [...docs.scopes] },
          ],
          mostChildren: 2_000,
        },
        validDays: 180,
        reason: "Forty teams use Quillnest; each of their connectors is a client of its own.",
      });
      for (const name of ["Mara Acosta", "Jun Okafor"]) {
        story.later(3 * hour);
        await voteFor(story, name, number);
      }
      for (const [index, connector] of connectors.entries())
        await meet(story, `https://quillnest.app/connectors/${connector}/client.json`, index);
    },
  },
  {
    days: 1.2,
    async play(story) {
      const { number } = await proposeNamespace(story.ctx, story.as("Ines Whitfield"), {
        pattern: "https://agents.tallowmere.com/oauth/*/client.json",
        name: "Tallowmere agents",
        ownerTeamId: story.cast.teamIds.get("Developer Platform") ?? "",
        sponsor: "Jun Okafor",
        purpose: "Coding agents on laptops; each workspace signs in as a client of its own.",
        constraints: {
          redirectHosts: [],
          loopback: true,
          methods: ["none"],
          grantTypes: ["authorization_code", "refresh_token"],
          grants: [tools].map(copied),
          mostChildren: 500,
        },
        validDays: 90,
        reason: "A trial with two teams until February.",
      });
      story.later(50 * minute);
      await voteFor(story, "Pia Lindqvist", number);
    },
  },
];

const copied = ({ resource, scopes }: Grant) => ({ resource, scopes: [...scopes] });

async function voteFor(story: Storyteller, name: string, number: number): Promise<void> {
  const namespace = await find(story.ctx.db, "namespace", { number });
  if (!namespace) throw new Error(`There is no namespace ${number}.`);
  await voteOnNamespace(story.ctx, story.as(name), {
    number,
    verdict: "approve",
    reason: "Their host is theirs alone, and the scopes are the ones that everybody has.",
    digest: namespaceDigest(namespace),
  });
}

/** A server met this client, a few times since some day after the approval. */
async function meet({ ctx, end, now }: Storyteller, clientId: string, index: number): Promise<void> {
  const host = new URL(clientId).hostname;
  await ctx.db.transaction(async (tx) => {
    const namespaceId = (await namespaceOf(tx, clientId)) ?? null;
    await insert(tx, "seenClient", {
      clientId,
      host,
      domain: host,
      namespaceId,
      allowed: 4 + index * 11,
      refused: index % 3,
      firstAt: now + (index + 1) * day,
      lastAt: end - index * 5 * hour,
    });
    if (namespaceId) await limitNamespaces(ctx, tx, [namespaceId]);
  });
}
