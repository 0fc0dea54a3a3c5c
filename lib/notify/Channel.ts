import type { z } from "zod";
import type { ChannelField } from "#lib/core/notice/ChannelField.ts";
import type { Message } from "#lib/core/notice/Message.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Hands } from "./Hands.ts";

/** What every kind of channel says of itself. */
export interface ChannelFacts {
  /** As stored, e.g. `webhook`. */
  readonly kind: string;
  readonly title: string;
  /** What it does, for whoever chooses. */
  readonly about: string;
  readonly fields: readonly ChannelField[];
  /** Names of the settings that are never shown again. */
  readonly secrets: readonly string[];
  /** It signs with a `secret` that Rollcall makes and that can be rotated. */
  readonly signs?: boolean;
  /** Medium and lower ones wait for a daily digest, at the setting `digestHour`. */
  readonly gathers?: boolean;
}

export interface Channel extends ChannelFacts {
  readonly settings: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Where it sends to, in a few words without secrets. */
  where(settings: unknown): string;
  /** Sends once. Every way it can end is a `Sent`; it rejects for a bug of ours only. */
  send(message: Message, settings: unknown, hands: Hands): Promise<Sent>;
}

type Settings = Readonly<Record<string, unknown>>;

/** A kind of channel whose functions get their settings as its schema gives them. */
export function defineChannel<S extends Settings>(
  channel: ChannelFacts & {
    readonly settings: z.ZodType<S>;
    where(settings: S): string;
    send(message: Message, settings: S, hands: Hands): Promise<Sent>;
  },
): Channel {
  return {
    ...channel,
    where(stored) {
      const { data } = channel.settings.safeParse(stored);
      return data ? channel.where(data) : "";
    },
    async send(message, stored, hands) {
      const { data } = channel.settings.safeParse(stored);
      if (data) return channel.send(message, data, hands);
      return { outcome: "refused", sentence: "The settings of the channel cannot be used. Save them anew." };
    },
  };
}
