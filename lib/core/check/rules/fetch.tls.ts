import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Check } from "../Check.ts";
import { draft } from "../draft.ts";

export const fetchTls: Check = {
  id: "fetch.tls",
  severity: "error",
  title: "Broken TLS",
  rationale:
    "The certificate is what proves the domain. Without a valid one the document could be anybody's.",
  clause: `${draft("§3")}; RFC 9325 §3.1.1`,
  example: "An expired certificate",
  run({ tls, fetchOutcome }) {
    if (fetchOutcome === "tls_error") {
      return [
        {
          message:
            "The TLS connection could not be verified. Renew the certificate and serve its whole chain.",
          path: "response",
        },
      ];
    }
    if (tls === undefined || tls.protocol === "TLSv1.2" || tls.protocol === "TLSv1.3") return [];
    return [
      {
        message: `The connection uses ${visibleText(tls.protocol)}. Offer TLS 1.2 or newer.`,
        path: "response",
      },
    ];
  },
};
