import type { Message } from "#lib/core/notice/Message.ts";
import type { Sent } from "#lib/core/notice/Sent.ts";
import type { Channel } from "./Channel.ts";
import { channels } from "./channels.ts";
import type { Hands } from "./Hands.ts";

export interface Notify {
  readonly kinds: readonly Channel[];
  /** Sends a message once through a channel of that kind with its stored settings. */
  send(kind: string, settings: unknown, message: Message): Promise<Sent>;
}

/** All kinds of channel, with the hands they send with. */
export function createNotify(hands: Hands): Notify {
  return {
    kinds: channels,
    async send(kind, settings, message) {
      const channel = channels.find((each) => each.kind === kind);
      if (channel) return channel.send(message, settings, hands);
      return { outcome: "refused", sentence: `There is no kind of channel named ${kind}.` };
    },
  };
}
