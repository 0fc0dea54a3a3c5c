import { FetchFailed } from "./FetchFailed.ts";
import { fetchLimited } from "./fetchLimited.ts";
import { HeadRefused } from "./HeadRefused.ts";
import { keySetCache } from "./keySetCache.ts";
import { memoryStore } from "./memoryStore.ts";
import { mirrorTree } from "./mirrorTree.ts";
import { objectReader } from "./objectReader.ts";
import { parseEnrolment } from "./parseEnrolment.ts";
import type { Remembered } from "./Remembered.ts";
import type { VerifiedHead } from "./verifyHead.ts";
import { verifyHead } from "./verifyHead.ts";

export interface OwnHeadOptions {
  /** Public URL of the head, or an enrolment string. */
  readonly head: string | URL;
  readonly issuer?: string;
  readonly jwksUri?: string;
  readonly token?: string;
  readonly algs?: readonly string[];
  /** What was published last: an older or another head is then a fault. */
  readonly remembered?: Pick<Remembered, "epoch" | "seq" | "rev" | "root" | "digest">;
  /** Also read and check every object of the tree. */
  readonly objects?: boolean;
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  readonly allowInsecureHttp?: boolean;
}

export type OwnHead =
  | {
      readonly ok: true;
      readonly head: VerifiedHead;
      /** Seconds since it was issued; a publisher that re-signs every 15 minutes should alarm at 30. */
      readonly age: number;
    }
  | { readonly ok: false; readonly code: string; readonly sentence: string };

const maxBytes = 64 * 1024;
const timeout = 10_000;

/**
 * Looks at a published list from outside, once, as a consumer would: fetch, verify, and if asked read every
 * object. For a publisher that watches itself. What is wrong is an answer, not an exception.
 */
export async function verifyOwnHead(options: OwnHeadOptions): Promise<OwnHead> {
  const enrolment = parseEnrolment(options.head, options.allowInsecureHttp);
  const issuer = options.issuer ?? enrolment.issuer;
  const fetch = options.fetch ?? globalThis.fetch;
  const clock = options.clock ?? Date.now;
  const now = Math.floor(clock() / 1000);
  try {
    const keySet = keySetCache(options.jwksUri ?? `${issuer}/.well-known/jwks.json`, { fetch, clock });
    const headers: Record<string, string> = options.token ? { authorization: `Bearer ${options.token}` } : {};
    const { body } = await fetchLimited(enrolment.headUrl, { fetch, maxBytes, timeout, headers });
    const head = await verifyHead(new TextDecoder().decode(body).trim(), {
      iss: issuer,
      sub: enrolment.headUrl,
      algs: options.algs ?? ["ES256"],
      keyFor: keySet.keyFor,
      remembered: options.remembered ?? null,
      ...(enrolment.minSeq === undefined ? {} : { minSeq: enrolment.minSeq }),
      now,
    });
    if (options.objects) {
      const baseUrl = enrolment.headUrl.replace(/head$/, "objects/");
      await mirrorTree(head.claims.root, null, objectReader({ fetch, store: memoryStore(), baseUrl }));
    }
    return { ok: true, head, age: now - head.claims.iat };
  } catch (error) {
    if (error instanceof HeadRefused || error instanceof FetchFailed)
      return { ok: false, code: error.code, sentence: error.message };
    throw error;
  }
}
