import { day, hour, minute } from "#lib/core/Instant.ts";
import { announceKey } from "#lib/flows/clients/announceKey.ts";
import { confirmAnnouncement } from "#lib/flows/clients/confirmAnnouncement.ts";
import { attestSnapshot } from "#lib/flows/clients/attestSnapshot.ts";
import { uploadSnapshot } from "#lib/flows/clients/uploadSnapshot.ts";
import { inventedKey } from "../sandbox/inventedKey.ts";
import type { Fault } from "../sandbox/SandboxDocument.ts";
import { companyOf } from "./companyOf.ts";
import { voters } from "./registerScenes.ts";
import type { Scene } from "./Scene.ts";
import type { Storyteller } from "./Storyteller.ts";

const unavailable: Fault = { kind: "status", status: 503 };
const challenge: Fault = { kind: "challenge" };

/** A host that does not answer as it should for a while, or until now. */
function outage(company: string, fault: Fault, from: number, to?: number): Scene[] {
  const { clientId } = companyOf(company);
  const begins: Scene = {
    days: from,
    async play(story) {
      await story.control.break(clientId, fault);
      for (let visit = 0; visit < 4; visit++) {
        await story.visit(company);
        story.later(20 * minute);
      }
    },
  };
  if (to === undefined) return [begins];
  const ends: Scene = {
    days: to,
    async play(story) {
      await story.control.mend(clientId);
      await story.visit(company);
      story.later(hour);
      await story.visit(company);
    },
  };
  return [begins, ends];
}

function changes(days: number, company: string, members: Record<string, unknown>): Scene {
  return { days, play: (story) => story.change(company, members) };
}

/** Six weeks of what vendors do: new versions and links, keys that are turned, hosts that do not answer. */
const ordinaryWeeks: readonly Scene[] = [
  changes(40.2, "Orchard Tools", { software_version: "3.4.1" }),
  changes(38.7, "Brightmere", { tos_uri: "https://brightmere.app/legal/terms" }),
  ...outage("Pinegrove", challenge, 36.4, 34.8),
  changes(33.3, "Lindenhall", { software_version: "2.9.0" }),
  {
    days: 31.6,
    async play(story) {
      await story.change("Harborlight", { policy_uri: "https://harborlight.app/legal/privacy" });
      await story.approveChange("Harborlight", voters, "Their privacy page moved; the text is the same.");
    },
  },
  ...outage("Elmbridge", unavailable, 29.5, 28.9),
  {
    days: 26.4,
    async play(story) {
      await story.change("Brightmere", {
        redirect_uris: [
          "https://brightmere.app/oauth/callback",
          "https://brightmere.app/oauth/popup",
          "https://labs.brightmere.app/try/callback",
        ],
      });
      await story.approveChange("Brightmere", voters, "The popup is theirs; the lab is for nobody yet.", [
        { member: "redirect_uris", value: "https://labs.brightmere.app/try/callback" },
      ]);
    },
  },
  changes(22.8, "Orchard Tools", { software_version: "3.5.0" }),
  changes(19.3, "Cobalt Notes", { contacts: ["security@cobaltnotes.app"] }),
  ...outage("Harborlight", unavailable, 17.6, 17.1),
  changes(14.2, "Lindenhall", { software_version: "2.9.2" }),
  changes(5, "Harborlight", { redirect_uris: ["https://harborlight.app/auth/callback"] }),
  ...outage("Meadowlark", unavailable, 6),
];

/** How keys are turned: as announced, not at all, and too fast. */
const keyScenes: readonly Scene[] = [
  announces(31, "Lindenhall", "lindenhall-2026-11", 24, "The half-yearly rotation."),
  {
    days: 25.2,
    play: (story) => story.publishKeys("Lindenhall", "lindenhall-2026-05", "lindenhall-2026-11"),
  },
  { days: 12.4, play: (story) => story.publishKeys("Lindenhall", "lindenhall-2026-11") },
  announces(12, "Cobalt Notes", "cobaltnotes-2", 3.2, "Comes with version 5."),
  announces(6, "Elmbridge", "elmbridge-8", 1, "Our host for keys moves; the old one goes at once."),
  { days: 1.2, play: (story) => story.publishKeys("Elmbridge", "elmbridge-7", "elmbridge-8") },
  { days: 0.85, play: (story) => story.publishKeys("Elmbridge", "elmbridge-8") },
  announces(2.2, "Ferrystack", "ferrystack-b", -20, "With their release of December."),
];

function announces(days: number, company: string, seed: string, by: number, note: string): Scene {
  return {
    days,
    async play(story) {
      const { id } = await announceKey(story.ctx, story.as("Jun Okafor"), {
        id: story.idOf(company),
        key: inventedKey(seed).jkt,
        note,
        expectedBy: new Date(story.end - by * day).toISOString().slice(0, 10),
      });
      // The one that is still to come waits for its second person.
      if (by < 0) return;
      story.later(hour);
      await confirmAnnouncement(story.ctx, story.as("Mara Acosta"), { announcementId: id });
    },
  };
}

/** Clients that only people can read: one copy is vouched for, one waits for its second person. */
const copyScenes: readonly Scene[] = [
  ...outage("Orchard Tools", challenge, 12.7),
  ...outage("Kittiwake", challenge, 9.3),
  { days: 4.4, play: (story) => story.visit("Orchard Tools") },
  {
    days: 4.2,
    async play(story) {
      const { attestationId } = await uploadSnapshot(story.ctx, story.as("Jun Okafor"), {
        id: story.idOf("Orchard Tools"),
        document: JSON.stringify(story.documentOf("Orchard Tools"), null, 2),
        note: "Saved from my browser, signed in to their portal.",
      });
      story.later(3 * hour);
      await attestSnapshot(story.ctx, story.as("Mara Acosta"), {
        attestationId,
        verdict: "attested",
        reason: "The same in my browser, from another network.",
      });
    },
  },
  { days: 3.9, play: (story) => story.visit("Orchard Tools") },
  { days: 1.8, play: (story) => story.visit("Kittiwake") },
  {
    days: 0.4,
    play: (story) =>
      uploadSnapshot(story.ctx, story.as("Ines Whitfield"), {
        id: story.idOf("Kittiwake"),
        document: JSON.stringify(
          { ...story.documentOf("Kittiwake"), logo_uri: "https://kittiwake.app/brand/mark.svg" },
          null,
          2,
        ),
        note: "Sent by their support, compared with what my browser shows.",
      }),
  },
];

/** What has to be held, and what has to be stopped. */
const alarms: readonly Scene[] = [
  changes(0.75, "Brightmere", { client_name: "Brightmere One" }),
  {
    days: 2.9 / 24,
    async play(story) {
      // The new pair was to follow the old one; somebody took the wrong file.
      const keys = [inventedKey("sablepoint-main").privateJwk, inventedKey("sablepoint-next").publicJwk];
      await story.control.publish({ url: companyOf("Sablepoint").keys?.url ?? "", body: { keys } });
      await story.visit("Sablepoint");
    },
  },
  {
    days: 2.2 / 24,
    async play(story) {
      for (const tool of ["Drafts", "Calendar", "Archive", "Newsletter"]) await addRelay(story, tool);
    },
  },
  changes(1 / 24, "Tidewater", {
    redirect_uris: [
      "https://app.tidewater.dev/bot/oauth/callback",
      "https://tidewater.dev/oauth/callback",
      "https://quartzrelay.com/oauth/exchange/",
    ],
    logo_uri: "https://cdn.tidewater-static.net/brand/icon-512.png",
  }),
];

/** The publisher's platform moved: each of its clients sends codes to the same stranger. */
function addRelay(story: Storyteller, tool: string): Promise<void> {
  const own = companyOf(`Almanac ${tool}`).document["redirect_uris"] as string[];
  return story.change(`Almanac ${tool}`, {
    redirect_uris: [...own, `https://connect.bellwire.io/oauth/${tool.toLowerCase()}`],
  });
}

export const watchScenes: readonly Scene[] = [...ordinaryWeeks, ...keyScenes, ...copyScenes, ...alarms];
