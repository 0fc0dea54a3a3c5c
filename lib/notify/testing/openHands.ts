import { createOutbound } from "#lib/net/createOutbound.ts";
import { createMailer } from "../createMailer.ts";
import type { Hands } from "../Hands.ts";
import { at } from "./sampleMessage.ts";

/** Real hands behind the real guard, with loopback listed. */
export function openHands(
  options: { smtpUrl?: string; ca?: string; listed?: readonly string[] } = {},
): Hands {
  const outbound = createOutbound({
    now: () => at,
    userAgent: "Rollcall/test",
    certificateAuthorities: options.ca ? [options.ca] : undefined,
    notifyHosts: options.listed ?? ["127.0.0.1"],
    deadline: 2_000,
  });
  const { secureContext, openSocket } = outbound;
  const hostName = "rollcall.example";
  return {
    now: () => at,
    hostName,
    post: outbound.post,
    openSocket,
    sendDatagram: outbound.sendDatagram,
    sendMail: createMailer({
      smtpUrl: options.smtpUrl,
      from: "watch@rollcall.example",
      hostName,
      secureContext,
      openSocket,
    }),
  };
}
