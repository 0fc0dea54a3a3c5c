import type { Socket } from "node:net";
import { z } from "zod";
import type { Sent } from "#lib/core/notice/Sent.ts";
import { defineChannel } from "./Channel.ts";
import { sentOf } from "./sentOf.ts";
import { framed, syslogMessage } from "./syslogMessage.ts";

const openPorts = [514, 601, 6_514];
const portWords = "A port from 1 to 65535.";
/** Milliseconds a collector gets to take the bytes; none of these protocols acknowledges them. */
const patience = 5_000;

/** Syslog (RFC 5424) over TLS (RFC 5425), TCP (RFC 6587) or UDP (RFC 5426), carrying OCSF. */
export const syslog = defineChannel({
  kind: "syslog",
  title: "Syslog",
  about: "Sends events to a collector or SIEM: RFC 5424 with OCSF JSON inside.",
  fields: [
    { name: "host", label: "Collector", input: "text", placeholder: "siem.example.com" },
    {
      name: "port",
      label: "Port",
      input: "number",
      value: "6514",
      hint: "514, 601 and 6514 are open at public hosts.",
    },
    {
      name: "transport",
      label: "Transport",
      input: "choice",
      value: "tls",
      options: [
        { value: "tls", label: "TLS" },
        { value: "tcp", label: "TCP, unencrypted" },
        { value: "udp", label: "UDP, unencrypted; what is lost is lost" },
      ],
    },
  ],
  secrets: [],
  settings: z.object({
    host: z
      .string({ error: "Enter a host name or an address." })
      .trim()
      .toLowerCase()
      .max(253, "At most 253 characters.")
      .regex(
        /^([a-z0-9_]([a-z0-9._-]*[a-z0-9])?|[0-9a-f:.]+)$/,
        "Enter a host name or an address, without a port.",
      ),
    port: z.coerce.number({ error: portWords }).int(portWords).min(1, portWords).max(65_535, portWords),
    transport: z.enum(["tls", "tcp", "udp"], { error: "Choose TLS, TCP or UDP." }),
  }),
  where: ({ host, port, transport }) => `${host}:${port} (${transport.toUpperCase()})`,
  async send(message, { host, port, transport }, hands) {
    const bytes = syslogMessage(message, hands.hostName);
    if (transport === "udp") {
      const posted = await hands.sendDatagram({ host, port, openPorts }, bytes);
      return posted.outcome === "answered"
        ? { outcome: "delivered", sentence: posted.sentence }
        : sentOf(posted);
    }
    const opened = await hands.openSocket({ host, port, openPorts, tls: transport === "tls" });
    return "socket" in opened ? write(opened.socket, framed(bytes)) : sentOf(opened);
  },
});

/** Delivered when the collector has taken the bytes and closes in turn, or does not complain in time. */
function write(socket: Socket, bytes: Buffer): Promise<Sent> {
  return new Promise((resolve) => {
    let isWritten = false;
    const end = (sent: Sent) => {
      socket.destroy();
      resolve(sent);
    };
    const taken = () => end({ outcome: "delivered", sentence: `The collector took ${bytes.length} bytes.` });
    const failed = (why: string) =>
      end({ outcome: "failed", sentence: `The collector did not take it (${why}).` });
    socket.on("error", (error: NodeJS.ErrnoException) => failed(error.code ?? error.message));
    socket.once("close", () => (isWritten ? taken() : failed("it hung up")));
    socket.setTimeout(patience, () => (isWritten ? taken() : failed("it does not answer")));
    // What a collector says is not read for meaning, but must be read for the connection to end.
    socket.resume();
    socket.end(bytes, () => {
      isWritten = true;
      // A collector that holds the connection open has had time to refuse by then.
      socket.setTimeout(500);
    });
  });
}
