import { createHash } from "node:crypto";
import { calculateJwkThumbprint, compactVerify, importJWK } from "jose";

/** A head that is not taken, or a client that is not let in: the code says why. */
export class Refused extends Error {}

const refuse = (code) => {
  throw new Refused(code);
};
const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isHash = (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
const isTexts = (value) => Array.isArray(value) && value.every((each) => typeof each === "string");
const known = "iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit".split(" ");

/** JSON of an object, or undefined. */
function parseObject(bytes) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Steps 2 to 6 of docs/allowlist.md §5. `list`: {issuer, head_url, min_seq?}; `remembered`: what `memoryOf` gave for the
 * head before, or null; `now` in seconds. Gives the claims, or throws Refused. Remember them durably before they are used.
 */
export async function verifyHead(jws, jwks, list, remembered, now) {
  const parts = jws.split(".");
  const header = parts.length === 3 ? parseObject(Buffer.from(parts[0], "base64url")) : undefined;
  if (!header) refuse("malformed");
  if (Object.keys(header).some((name) => !["alg", "kid", "typ"].includes(name))) refuse("header_not_allowed");
  if (header.alg !== "ES256") refuse("alg_not_allowed");
  if (header.typ !== "cimd-allowlist+jwt") refuse("wrong_typ");
  if (typeof header.kid !== "string") refuse("malformed");

  const jwk = jwks.keys.find((each) => each.kid === header.kid);
  const usable = jwk?.crv === "P-256" && (jwk.alg ?? "ES256") === "ES256" && (jwk.use ?? "sig") === "sig";
  if (!usable || (await calculateJwkThumbprint(jwk)) !== header.kid) refuse("unknown_key");
  const key = await importJWK(jwk, "ES256");
  const verified = await compactVerify(jws, key, { algorithms: ["ES256"] }).catch(() =>
    refuse("bad_signature"),
  );

  const head = parseObject(verified.payload) ?? refuse("malformed");
  if (head.v !== 1) refuse("unknown_version");
  if (!isTexts(head.crit ?? [])) refuse("malformed");
  if (head.crit?.some((name) => !known.includes(name))) refuse("unknown_critical_claim");
  const whole = ["iat", "exp", "count"].every((name) => Number.isSafeInteger(head[name]));
  const counts = ["epoch", "seq", "rev", "ttl"].every(
    (name) => Number.isSafeInteger(head[name]) && head[name] > 0,
  );
  if (!whole || !counts || !isHash(head.root) || !isHash(head.prev ?? head.root)) refuse("malformed");
  const named = (deny) =>
    ["client_id", "host", "jkt"].map((name) => deny[name]).filter((value) => value !== undefined);
  const readable = (deny) => isObject(deny) && named(deny).length > 0 && isTexts(named(deny));
  if (!Array.isArray(head.deny) || head.deny.length > 200 || !head.deny.every(readable)) refuse("malformed");
  if (head.iss !== list.issuer) refuse("wrong_iss");
  if (head.sub !== list.head_url) refuse("wrong_sub");
  if (head.exp <= now - 60) refuse("expired");
  if (head.iat >= now + 60) refuse("issued_in_future");
  if (head.exp - head.iat > 7 * 86_400) refuse("lives_too_long");

  const sameEpoch = !remembered || head.epoch === remembered.epoch;
  if (sameEpoch && head.seq < (list.min_seq ?? 1)) refuse("rollback");
  if (remembered && head.epoch < remembered.epoch) refuse("rollback");
  if (remembered && sameEpoch) {
    if (head.seq < remembered.seq) refuse("rollback");
    if (head.seq === remembered.seq && sha256(jws) !== remembered.digest) refuse("equivocation");
    if (head.rev === remembered.rev && head.root !== remembered.root) refuse("equivocation");
    const follows = head.seq === remembered.seq + 1 && head.prev !== undefined;
    if (follows && head.prev !== remembered.digest) refuse("equivocation");
  }
  return head;
}

/** What must survive a restart before the head is used (step 7). */
export function memoryOf(head, jws) {
  const { epoch, seq, rev, root } = head;
  return { epoch, seq, rev, root, digest: sha256(jws) };
}

/**
 * "allow", or throws Refused (steps 8 to 10, without the document, grants and namespaces). `question`: {client_id,
 * redirect_uri?, jkt?}, exactly as received; `readObject(name)` gives the bytes of an object, or undefined.
 */
export async function decide(head, question, readObject, now) {
  if (head.exp <= now - 60) refuse("head_expired");
  if (head.deny.some((deny) => denies(deny, question))) refuse("denied");
  const entry = (await find(head.root, question.client_id, readObject)) ?? refuse("not_listed");
  if (!understood(entry)) refuse("unknown_value");
  const jkts = entry.jkts ?? [];
  const isDenied = (jkt) => head.deny.some((deny) => deny.jkt === jkt);
  if (jkts.length > 0 && jkts.every(isDenied)) refuse("denied");
  if (entry.status === "deny") refuse("entry_denies");
  if (entry.exp !== undefined && entry.exp <= now) refuse("expired");
  if (entry.max_stale !== undefined && now - head.iat > entry.max_stale) refuse("stale");
  const { redirect_uri: uri, jkt } = question;
  if (uri !== undefined && !(entry.redirect_uris ?? []).some((each) => redirects(each, uri)))
    refuse("redirect_not_approved");
  if (jkt !== undefined && jkts.length > 0 && !jkts.includes(jkt)) refuse("key_not_approved");
  return "allow";
}

function denies({ client_id, host, jkt }, question) {
  if (client_id === question.client_id || (jkt !== undefined && jkt === question.jkt)) return true;
  if (host === undefined || !URL.canParse(question.client_id)) return false;
  const url = new URL(question.client_id);
  return [url.hostname, url.host].includes(host.toLowerCase());
}

/** The client's entry; undefined when the list is complete and does not hold it. */
async function find(root, clientId, readObject) {
  const path = sha256(clientId);
  for (let name = root, depth = 0; depth <= 16; depth++) {
    const body = await readObject(name);
    if (!body || body.length > 1_048_576 || sha256(body) !== name) refuse("unavailable");
    const node = parseObject(body);
    if (node?.v !== 1 || isObject(node.entries) === isObject(node.children)) refuse("unavailable");
    if (node.entries) return Object.hasOwn(node.entries, clientId) ? node.entries[clientId] : undefined;
    if (!Object.hasOwn(node.children, path[depth])) return undefined;
    name = node.children[path[depth]];
  }
  return refuse("unavailable");
}

/** What is not understood is a deny: unknown members aside, nothing is guessed. */
function understood(entry) {
  if (!isObject(entry) || !["allow", "deny"].includes(entry.status)) return false;
  const { redirect_uris = [], jkts = [], on_doc_mismatch = "deny", exp = 0, max_stale = 0 } = entry;
  const matches = ["exact", "loopback_any_port"];
  return (
    Array.isArray(redirect_uris) &&
    redirect_uris.every((each) => isObject(each) && matches.includes(each.match) && isTexts([each.uri])) &&
    isTexts(jkts) &&
    ["use_entry", "deny"].includes(on_doc_mismatch) &&
    [exp, max_stale].every((each) => typeof each === "number")
  );
}

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?((?:\/[^?#]*)?(?:\?[^#]*)?)$/;

/** The same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3). */
function redirects({ uri, match }, requested) {
  if (match === "exact") return uri === requested;
  const [a, b] = [loopback.exec(uri), loopback.exec(requested)];
  return a !== null && b !== null && a[1] === b[1] && a[3] === b[3] && Number(b[2] ?? 0) <= 65_535;
}
