import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JWK } from "jose";
import { decide, type Found } from "#lib/consumer/decide.ts";
import { FetchFailed } from "#lib/consumer/FetchFailed.ts";
import { HeadRefused } from "#lib/consumer/HeadRefused.ts";
import { parseObject } from "#lib/consumer/parseObject.ts";
import { keysByThumbprint, usableKey } from "#lib/consumer/publicKey.ts";
import { verifyHead, type VerifiedHead } from "#lib/consumer/verifyHead.ts";
import { walkTrie } from "#lib/consumer/walkTrie.ts";
import { sha256 } from "./claims.ts";
import type { HeadVector, LookupVector } from "./Vector.ts";
import type { Mutants } from "./makeMutants.ts";

/** What our own consumer says of files in the form of docs/vectors, a line each as the small consumers print it. */
export async function verdictsOf(
  folder: string,
  { issuer, head_url, heads, lookups }: Mutants,
): Promise<string[]> {
  const read = (path: string) => readFileSync(join(folder, path));

  async function take({ head, jwks, now }: HeadVector | LookupVector, remembered: HeadVector["remembered"]) {
    const { keys } = JSON.parse(read(jwks).toString()) as { keys: JWK[] };
    const known = await keysByThumbprint(keys);
    return verifyHead(read(head).toString("latin1"), {
      iss: issuer,
      sub: head_url,
      algs: ["ES256"],
      keyFor: (kid, alg) => usableKey(known, kid, alg),
      remembered,
      now,
    });
  }

  async function find({ claims }: VerifiedHead, clientId: string): Promise<Found> {
    try {
      const entry = await walkTrie(claims.root, clientId, async (name) => {
        const body = read(`objects/${name}`);
        if (sha256(body) !== name) throw new FetchFailed("tampered", name);
        return parseObject(name, body);
      });
      return entry ?? "none";
    } catch (error) {
      if (error instanceof FetchFailed || (error as NodeJS.ErrnoException).code === "ENOENT")
        return "unavailable";
      throw error;
    }
  }

  const verdicts: string[] = [];
  const say = async (part: string, name: string, work: () => Promise<string>) => {
    const verdict = await work().catch((error: unknown) => {
      if (error instanceof HeadRefused) return error.code;
      throw error;
    });
    verdicts.push(`${part}\t${name}\t${verdict}`);
  };
  for (const vector of heads)
    await say("heads", vector.name, async () => ((await take(vector, vector.remembered)) ? "ok" : ""));
  for (const vector of lookups)
    await say("lookups", vector.name, async () => {
      const head = await take(vector, null);
      const { question, now } = vector;
      const found = await find(head, question.client_id);
      const { decision, reasons } = decide({ head: head.claims, found, question, now });
      return reasons[0] ?? decision;
    });
  return verdicts;
}
