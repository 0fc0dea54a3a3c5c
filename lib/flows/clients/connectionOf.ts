import { storableText } from "#lib/core/document/storableText.ts";
import type { Fetched } from "#lib/core/fetch/Fetched.ts";
import type { Row } from "#lib/db/rows.ts";

export type KeptConnection = Pick<Row<"client">, "address" | "certificate" | "certificateIssuer">;

/** What is kept of the connection an answer came over. */
export function connectionOf(answer: Fetched | undefined): KeptConnection {
  return {
    address: answer?.address ?? null,
    certificate: answer?.tls?.certificateSha256 ?? null,
    certificateIssuer: storableText(answer?.tls?.issuer) ?? null,
  };
}
