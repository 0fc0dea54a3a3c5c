import type { DnsAnswer } from "./startDnsServer.ts";

const to = (...addresses: string[]): DnsAnswer => ({ kind: "addresses", addresses });

/**
 * Names with a story of their own. Several answers are given in turn, the last one for ever.
 * Nothing listens at 127.0.0.99, so a connection there is refused.
 */
export const specialNames: Readonly<Record<string, readonly DnsAnswer[]>> = {
  "private.oddnames.dev": [to("10.0.0.8")],
  "metadata.oddnames.dev": [to("169.254.169.254")],
  "loopback6.oddnames.dev": [to("::1")],
  "mapped.oddnames.dev": [to("::ffff:10.0.0.8")],
  "unique-local.oddnames.dev": [to("fd00::8")],
  "mixed.oddnames.dev": [to("127.0.0.1", "10.0.0.8")],
  "rebind.oddnames.dev": [to("127.0.0.1"), to("10.0.0.8")],
  "crowd.oddnames.dev": [to(...Array.from({ length: 70 }, (_, index) => `127.0.1.${index + 1}`))],
  "refused.oddnames.dev": [to("127.0.0.99")],
  "nowhere.oddnames.dev": [{ kind: "nxdomain" }],
  "empty.oddnames.dev": [to()],
  "broken.oddnames.dev": [{ kind: "servfail" }],
  "silent.oddnames.dev": [{ kind: "silent" }],
};
