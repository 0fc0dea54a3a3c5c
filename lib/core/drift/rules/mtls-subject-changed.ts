import type { DriftRule } from "../Drift.ts";
import { sameValue } from "../sameValue.ts";
import { quoted } from "../words.ts";

export const driftMtlsSubjectChanged: DriftRule = {
  id: "drift.mtls-subject-changed",
  severity: "medium",
  title: "Certificate the client shows changed",
  rationale:
    "Servers accept whoever holds a certificate with this name. Another host name is another holder.",
  clause: "RFC 8705 §2.1.2",
  effect: "growth",
  run: ({ before, after }) =>
    ["subject_dn", "san_dns", "san_uri", "san_ip", "san_email"].flatMap((suffix) => {
      const name = `tls_client_auth_${suffix}`;
      const [from, to] = [before.metadata.other[name], after.metadata.other[name]];
      if (sameValue(from, to)) return [];
      return [
        {
          message: `${name} changed from ${shown(from)} to ${shown(to)}: servers would accept another certificate.`,
          path: `/${name}`,
          severity: hostIn(from) === hostIn(to) ? undefined : ("high" as const),
          before: from,
          after: to,
        },
      ];
    }),
};

function shown(value: unknown): string {
  return value === undefined || value === null
    ? "nothing"
    : quoted(typeof value === "string" ? value : JSON.stringify(value));
}

/** The host a name stands for; a distinguished name stands for its CN. */
function hostIn(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return (URL.parse(value)?.hostname ?? /(?:^|,)\s*CN=([^,]+)/i.exec(value)?.[1] ?? value).toLowerCase();
}
