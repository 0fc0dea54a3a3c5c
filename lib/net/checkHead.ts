import { visibleText } from "#lib/core/document/visibleText.ts";
import { FetchFailure } from "./FetchFailure.ts";

/** Refuses, unread, a body that is encoded or says it is larger than `cap` bytes. */
export function checkHead(headers: Readonly<Record<string, string>>, cap: number): FetchFailure | undefined {
  const encoding = headers["content-encoding"];
  if (encoding !== undefined) return encoded("Content-Encoding", encoding);
  const transfer = headers["transfer-encoding"];
  if (transfer !== undefined && transfer.toLowerCase() !== "chunked")
    return encoded("Transfer-Encoding", transfer);
  const length = headers["content-length"];
  if (length === undefined) return undefined;
  if (!/^\d{1,15}$/.test(length))
    return new FetchFailure("protocol_error", "Content-Length is not a number.");
  return Number(length) > cap ? tooLarge(cap) : undefined;
}

export function tooLarge(cap: number): FetchFailure {
  return new FetchFailure(
    "too_large",
    `The answer is larger than ${cap} bytes. The publisher has to shorten it, or raise the limit.`,
  );
}

function encoded(header: string, value: string): FetchFailure {
  const what = `${header}: ${visibleText(value, 40)}`;
  return new FetchFailure(
    "bad_encoding",
    `The answer is encoded (${what}) although “identity” was asked for. The publisher has to switch that off.`,
  );
}
