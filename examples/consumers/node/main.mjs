import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refused, decide, memoryOf, verifyHead } from "./allowlist.mjs";

const [command, ...args] = process.argv.slice(2);
if (command === "vectors" && args.length === 1) await runVectors(args[0]);
else if (command === "ask" && args.length >= 3) await ask(...args);
else {
  console.error(
    "usage: main.mjs ask <head url> <memory file> <client_id> [redirect_uri] | vectors <vectors.json>",
  );
  process.exitCode = 2;
}

/** One question, with the network: prints allow, or deny and why. */
async function ask(headUrl, memoryFile, clientId, redirectUri) {
  const now = Date.now() / 1000;
  const issuer = headUrl.slice(0, headUrl.indexOf("/v1/lists/"));
  const remembered = existsSync(memoryFile) ? JSON.parse(readFileSync(memoryFile, "utf8")) : null;
  const verdict = await verdictOf(async () => {
    const jws = (await get(headUrl, 65_536)).toString().trim();
    const jwks = JSON.parse(await get(`${issuer}/.well-known/jwks.json`, 65_536));
    const head = await verifyHead(jws, jwks, { issuer, head_url: headUrl }, remembered, now);
    writeFileSync(`${memoryFile}.new`, JSON.stringify(memoryOf(head, jws, remembered)), { flush: true });
    renameSync(`${memoryFile}.new`, memoryFile);
    const objectUrl = (name) => headUrl.replace(/head$/, `objects/${name}`);
    const readObject = (name) => get(objectUrl(name), 1_048_576).catch(() => undefined);
    return decide(head, { client_id: clientId, redirect_uri: redirectUri }, readObject, now);
  });
  console.log(verdict === "allow" ? verdict : `deny ${verdict}`);
}

async function get(url, limit) {
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  let body = Buffer.alloc(0);
  for await (const chunk of answer.body) {
    body = Buffer.concat([body, chunk]);
    if (body.length > limit) throw new Error(`${url} is too large`);
  }
  return body;
}

/** Every vector of docs/vectors: prints part, name and verdict, with tabs between them. */
async function runVectors(file) {
  const read = (path) => readFileSync(join(dirname(file), path));
  const index = JSON.parse(readFileSync(file, "utf8"));
  const take = ({ head, jwks, min_seq, now }, remembered = null) =>
    verifyHead(read(head).toString("latin1"), JSON.parse(read(jwks)), { ...index, min_seq }, remembered, now);
  for (const vector of index.heads) {
    const verdict = await verdictOf(async () => ((await take(vector, vector.remembered)) ? "ok" : ""));
    console.log(`heads\t${vector.name}\t${verdict}`);
  }
  for (const vector of index.lookups) {
    const readObject = (name) => {
      const folder = vector.objects.find((each) => existsSync(join(dirname(file), each, name)));
      return folder && read(join(folder, name));
    };
    const verdict = await verdictOf(async () =>
      decide(await take(vector), vector.question, readObject, vector.asked_at ?? vector.now),
    );
    console.log(`lookups\t${vector.name}\t${verdict}`);
  }
}

async function verdictOf(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}
