import { day } from "#lib/core/Instant.ts";
import { acknowledgeFinding } from "#lib/flows/findings/acknowledgeFinding.ts";
import { assignFinding } from "#lib/flows/findings/assignFinding.ts";
import { dismissFinding } from "#lib/flows/findings/dismissFinding.ts";
import { saveChannel } from "#lib/flows/channels/saveChannel.ts";
import { snoozeFinding } from "#lib/flows/findings/snoozeFinding.ts";
import { waiveFinding } from "#lib/flows/findings/waiveFinding.ts";
import type { Scene } from "./Scene.ts";

/** What people do about findings, and where they are told. Some wait, and one waits too long. */
export const triageScenes: readonly Scene[] = [
  {
    days: 42.5,
    async play({ ctx, as }) {
      await saveChannel(ctx, as("Ada Brandt"), {
        name: "Security's queue",
        kind: "webhook",
        settings: { url: `http://${ctx.config.notifyHosts[0]}/queue` },
        minimumSeverity: "medium",
        topics: ["finding", "client", "copy"],
      });
      await saveChannel(ctx, as("Ada Brandt"), {
        name: "Newsroom's chat",
        kind: "webhook",
        settings: { url: "https://hooks.ferncastle.example/newsroom" },
        minimumSeverity: "high",
        topics: ["finding"],
        active: false,
      });
    },
  },
  {
    days: 19.1,
    play: async (story) =>
      dismissFinding(story.ctx, story.as("Noor Haddad"), {
        number: await story.findingAt("Cobalt Notes", "drift.contacts-changed"),
        reason: "expected_change",
        note: "We asked them for an address that a person reads.",
      }),
  },
  {
    days: 14.8,
    play: async (story) =>
      waiveFinding(story.ctx, story.as("Mara Acosta"), {
        number: await story.findingAt("Ferrystack", "time.key-overdue"),
        control: "The warehouse takes its tokens from one address only, behind our own gateway.",
        until: story.end + 45 * day,
        note: "They turn the key with their release of December.",
      }),
  },
  {
    days: 5.7,
    play: async (story) =>
      acknowledgeFinding(story.ctx, story.as("Noor Haddad"), {
        number: await story.findingAt("Meadowlark", "reach.unreachable"),
        note: "They are moving to another provider; their status page says until Tuesday.",
      }),
  },
  {
    days: 2.1,
    play: async (story) =>
      snoozeFinding(story.ctx, story.as("Noor Haddad"), {
        number: await story.findingAt("Cobalt Notes", "time.rotation-missed"),
        until: story.end + 5 * day,
        note: "Version 5 was put off by a week.",
      }),
  },
  {
    days: 1.7,
    play: async (story) =>
      assignFinding(story.ctx, story.as("Mara Acosta"), {
        number: await story.findingAt("Kittiwake", "reach.challenged"),
        personId: story.as("Ines Whitfield").id,
        note: "Ask their support for a copy.",
      }),
  },
  {
    days: 0.65,
    play: async (story) =>
      dismissFinding(story.ctx, story.as("Jun Okafor"), {
        number: await story.findingAt("Brightmere", "drift.client-name-changed"),
        reason: "expected_change",
        note: "They told their customers in October that the product is called One now.",
      }),
  },
  {
    days: 0.8,
    play: async (story) =>
      acknowledgeFinding(story.ctx, story.as("Jun Okafor"), {
        number: await story.findingAt("Elmbridge", "drift.key-removed-early"),
        note: "Nobody was locked out; I tell them how long a key has to stay.",
      }),
  },
  {
    days: 2.7 / 24,
    async play(story) {
      const number = await story.findingAt("Sablepoint", "drift.key-private-published");
      await acknowledgeFinding(story.ctx, story.as("Pia Lindqvist"), {
        number,
        note: "Called them: they make a new pair.",
      });
      await assignFinding(story.ctx, story.as("Pia Lindqvist"), {
        number,
        personId: story.as("Pia Lindqvist").id,
      });
    },
  },
  {
    days: 2 / 24,
    async play(story) {
      const number = await story.hostFindingAt("apps.almanacpress.io");
      await acknowledgeFinding(story.ctx, story.as("Jun Okafor"), {
        number,
        note: "Wrote to the publisher; the relay stays out until they answer.",
      });
      await assignFinding(story.ctx, story.as("Jun Okafor"), {
        number,
        personId: story.as("Noor Haddad").id,
      });
    },
  },
];
