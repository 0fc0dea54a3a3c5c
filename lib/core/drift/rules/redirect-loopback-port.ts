import type { DriftRule } from "../Drift.ts";
import { loopbackOf } from "#lib/core/redirect/loopbackOf.ts";
import { quoted } from "../words.ts";

export const driftRedirectLoopbackPort: DriftRule = {
  id: "drift.redirect-loopback-port",
  severity: "low",
  title: "Port of a loopback callback changed",
  rationale:
    "Servers ignore the port of a loopback callback, so nothing is gained. A server that compares it nevertheless may refuse the client.",
  clause: "RFC 8252 §7.3; RFC 9700 §2.1",
  effect: "neutral",
  run: ({ redirects: { ports, before: had, after: has } }) =>
    ports.map(({ before, after, path }) => {
      const lists = (side: typeof had, uri: string) => side.some((each) => each.uri === uri);
      const [from, to] = [loopbackOf(before)?.port, loopbackOf(after)?.port];
      const named = (port: string | undefined) => (port === undefined ? "any port" : `port ${port}`);
      const words = lists(has, before)
        ? `${quoted(before)} on the person's own computer is also written ${quoted(after)}`
        : lists(had, after)
          ? `${quoted(after)} on the person's own computer is no longer also written ${quoted(before)}`
          : `${quoted(before)} on the person's own computer is now written ${quoted(after)}: ${named(to)} instead of ${named(from)}`;
      return {
        message: `The callback ${words}.`,
        path,
        before: [before],
        after: [after],
      };
    }),
};
