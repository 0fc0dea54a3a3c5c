import { createHash } from "node:crypto";
import { compactVerify, createRemoteJWKSet, decodeProtectedHeader } from "jose";

const sha256 = (data) => createHash("sha256").update(data).digest("hex");

async function get(url, limit) {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  const body = Buffer.from(await response.arrayBuffer());
  if (body.length > limit) throw new Error(`${url}: too large`);
  return body;
}

/** Verifies the head at `url` (steps 1 to 5) and returns its claims, or throws. */
export async function readHead(url, issuer, now = Date.now() / 1000) {
  const jws = (await get(url, 65_536)).toString();
  const header = decodeProtectedHeader(jws);
  if (Object.keys(header).sort().join() !== "alg,kid,typ") throw new Error("header");
  if (header.typ !== "cimd-allowlist+jwt") throw new Error("typ");
  const keys = createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));
  const { payload } = await compactVerify(jws, keys, { algorithms: ["ES256"] });
  const head = JSON.parse(new TextDecoder().decode(payload));
  if (head.iss !== issuer || head.sub !== url || head.v !== 1 || head.crit) throw new Error("claims");
  if (!(head.exp > now - 60 && head.iat < now + 60)) throw new Error("time");
  if (head.exp - head.iat > 7 * 86_400) throw new Error("lives too long");
  return head;
}

/** The entry of a client, or undefined when it is not listed. The caller honours `head.deny` first. */
export async function readEntry(url, head, clientId) {
  const path = sha256(clientId);
  for (let name = head.root, depth = 0; name && depth <= 16; depth++) {
    const body = await get(url.replace(/head$/, `objects/${name}`), 1_048_576);
    if (sha256(body) !== name) throw new Error("object");
    const node = JSON.parse(body);
    if (node.entries) return Object.hasOwn(node.entries, clientId) ? node.entries[clientId] : undefined;
    name = node.children[path[depth]];
  }
}
