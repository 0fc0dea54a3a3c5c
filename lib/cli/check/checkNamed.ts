import type { CheckResponse, CheckSubject } from "#lib/core/check/CheckSubject.ts";
import { parseDocument } from "#lib/core/document/parseDocument.ts";
import { readUtf8 } from "#lib/core/document/readUtf8.ts";
import type { Fetched, FetchKind } from "#lib/core/fetch/Fetched.ts";
import { parseKeySet } from "#lib/core/keySet/parseKeySet.ts";
import { verdictOf } from "#lib/core/check/verdictOf.ts";
import type { Profile } from "#lib/core/profile.ts";
import { readBody } from "#lib/cli/readBody.ts";
import { fileUri } from "#lib/cli/sarif/fileUri.ts";
import type { SarifFile } from "#lib/cli/sarif/sarifLog.ts";
import { type CheckAnswer, judge } from "./checkOne.ts";

/** The network, behind the guard. */
export interface NetForCheck {
  fetch(url: string, kind: FetchKind): Promise<Fetched>;
  /** DNS answers for every host the document leads to; without it the checks judge names alone. */
  lookUp?(
    clientId: string,
    members: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Pick<CheckSubject, "addresses" | "openedAddresses">>;
}

export interface CheckedClient {
  /** Where it was read from, when that was a file. */
  readonly file?: string;
  readonly clientId: string;
  readonly answer: CheckAnswer;
  /** The texts that the findings point into. */
  readonly document: SarifFile;
  readonly keySet?: SarifFile;
}

/** Judges one client from files, or by fetching what is not given. */
export async function checkNamed(
  clientId: string,
  {
    document,
    jwks,
    profile,
  }: { readonly document?: string; readonly jwks?: string; readonly profile: Profile },
  net?: NetForCheck,
): Promise<CheckedClient> {
  const givenKeys = jwks === undefined ? undefined : await readBody(jwks);
  const base: CheckSubject = {
    clientId,
    profile,
    keySet: givenKeys && parseKeySet(givenKeys, "given"),
    now: Date.now(),
  };
  const keySet = jwks === undefined ? undefined : fileOf(fileUri(jwks), givenKeys);
  if (document !== undefined) {
    const parsed = parseDocument(await readBody(document));
    const file = { uri: fileUri(document), text: parsed.text };
    return { clientId, answer: judge({ ...base, document: parsed }), document: file, keySet };
  }
  const urlOnly = { clientId, answer: judge(base), document: { uri: encodeURI(clientId) }, keySet };
  // What is no client_id is not fetched either.
  if (net === undefined || urlOnly.answer.verdict === "invalid") return urlOnly;
  const fetched = await net.fetch(clientId, "document");
  const parsed = fetched.body && parseDocument(fetched.body);
  const uri = parsed?.effective?.jwks_uri;
  const keys = givenKeys === undefined && uri !== undefined ? await net.fetch(uri, "jwks") : undefined;
  return {
    clientId,
    answer: judge({
      ...base,
      document: parsed,
      keySet: keys?.body && uri !== undefined ? parseKeySet(keys.body, uri) : base.keySet,
      keySetResponse: keys && responseOf(keys),
      fetchOutcome: fetched.outcome,
      tls: fetched.tls,
      response: responseOf(fetched),
      ...(await net.lookUp?.(clientId, parsed?.members)),
    }),
    document: { uri: encodeURI(clientId), text: parsed?.text },
    keySet: keySet ?? (keys && uri !== undefined ? fileOf(encodeURI(uri), keys.body) : undefined),
  };
}

/**
 * Judges one document in a file as the client that it says it is. One that does not say is told so, and its missing
 * URL is not judged.
 */
export async function checkFile(file: string, profile: Profile): Promise<CheckedClient> {
  const parsed = parseDocument(await readBody(file));
  const clientId = parsed.effective?.client_id;
  const { findings } = judge({ clientId: clientId ?? "", profile, document: parsed, now: Date.now() });
  const told = clientId === undefined ? findings.filter(({ rule }) => !rule.startsWith("url.")) : findings;
  return {
    file,
    clientId: clientId ?? "",
    answer: { verdict: verdictOf(told), findings: told },
    document: { uri: fileUri(file), text: parsed.text },
  };
}

function responseOf({ status, headers, bytes }: Fetched): CheckResponse | undefined {
  return status === undefined ? undefined : { status, headers, bytes };
}

function fileOf(uri: string, body: Uint8Array | undefined): SarifFile {
  return { uri, text: body && readUtf8(body).text };
}
