import { errors } from "undici";
import { FetchFailure } from "./FetchFailure.ts";

/**
 * The outcome behind an error of undici or of a socket; undefined for anything else, which is a bug.
 * `heard`: the answer had begun.
 */
export function failureOf(error: Error, heard: boolean): FetchFailure | undefined {
  if (error instanceof FetchFailure) return error;
  if (error instanceof errors.HTTPParserError) return notHttp(error.message);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === undefined || code === "ERR_ASSERTION" || code === "UND_ERR_INVALID_ARG") return undefined;
  if (code === "UND_ERR_HEADERS_OVERFLOW") {
    return new FetchFailure(
      "too_large",
      "The headers are larger than is read. The publisher has to send fewer.",
    );
  }
  if (code.startsWith("UND_ERR_RES_")) return notHttp(error.message);
  if (code === "UND_ERR_SOCKET" && error.message.startsWith("bad ")) return notHttp(error.message);
  if (code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED") return stopped();
  if (code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_")) {
    return new FetchFailure("tls_error", `TLS broke during the answer (${code}). It is tried again later.`);
  }
  if (heard)
    return new FetchFailure(
      "protocol_error",
      "The answer broke off before its end. It is tried again later.",
    );
  return new FetchFailure(
    "connect_error",
    `The server hung up without an answer (${code}). It is tried again later.`,
  );
}

export function stopped(): FetchFailure {
  return new FetchFailure("connect_error", "The fetcher was stopped before the answer came.");
}

export function isHangUp(error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  if (code === "UND_ERR_SOCKET") return !error.message.startsWith("bad ");
  return code === "ECONNRESET" || code === "EPIPE";
}

function notHttp(detail: string): FetchFailure {
  return new FetchFailure(
    "protocol_error",
    `The answer is not proper HTTP (${detail}). The publisher's server is at fault.`,
  );
}
