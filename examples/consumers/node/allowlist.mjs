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
const isText = (value) => typeof value === "string";
const isTexts = (value) => Array.isArray(value) && value.every(isText);
const isCount = (value, least) => Number.isSafeInteger(value) && value >= least;
const known = "iss sub iat exp v epoch seq rev prev ttl root count deny keys_version log crit".split(" ");

/** JSON of an object, or undefined. */
function parseObject(bytes) {
  try {
    const value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
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
  // A text that stands for the same bytes as another one is not base64url as JOSE writes it.
  const isWhole =
    parts.length === 3 &&
    parts.every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
  const header = isWhole ? parseObject(Buffer.from(parts[0], "base64url")) : undefined;
  if (!header) refuse("malformed");
  if (Object.keys(header).some((name) => !["alg", "kid", "typ"].includes(name))) refuse("header_not_allowed");
  if (header.alg !== "ES256") refuse("alg_not_allowed");
  if (header.typ !== "cimd-allowlist+jwt") refuse("wrong_typ");
  if (typeof header.kid !== "string") refuse("malformed");

  const key = (await keyOf(jwks, header.kid)) ?? refuse("unknown_key");
  const verified = await compactVerify(jws, key, { algorithms: ["ES256"] }).catch(() =>
    refuse("bad_signature"),
  );

  const head = parseObject(verified.payload) ?? refuse("malformed");
  if (head.v !== 1) refuse("unknown_version");
  const { crit = [], prev = head.root, ns = head.root, keys_version = 1, log } = head;
  if (!isTexts(crit)) refuse("malformed");
  if (crit.some((name) => !known.includes(name))) refuse("unknown_critical_claim");
  const numbers = ["iat", "exp", "count"].every((name) => Number.isSafeInteger(head[name]));
  const counts = ["epoch", "seq", "rev", "ttl"].every((name) => isCount(head[name], 1));
  const hashes = [head.root, prev, ns].every(isHash);
  if (!numbers || !counts || !hashes || !isCount(keys_version, 1)) refuse("malformed");
  if (log !== undefined && !isCheckpoint(log)) refuse("malformed");
  if (!isTexts([head.iss, head.sub])) refuse("malformed");
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
  if (remembered && sameEpoch && sha256(jws) !== remembered.digest) {
    if (head.seq < remembered.seq) refuse("rollback");
    if (head.seq === remembered.seq) refuse("equivocation");
    if (head.rev === remembered.rev && head.root !== remembered.root) refuse("equivocation");
    const follows = head.seq === remembered.seq + 1 && head.prev !== undefined;
    if (follows && head.prev !== remembered.digest) refuse("equivocation");
    compareLogs(log, remembered.log);
  }
  return head;
}

/** The key of this kid if it verifies ES256 and its kid is its thumbprint. What is not is passed over. */
async function keyOf(jwks, kid) {
  for (const jwk of Array.isArray(jwks?.keys) ? jwks.keys.filter(isObject) : []) {
    const { alg = "ES256", use = "sig" } = jwk;
    if (jwk.kid !== kid || jwk.kty !== "EC" || jwk.crv !== "P-256" || alg !== "ES256" || use !== "sig")
      continue;
    try {
      if ((await calculateJwkThumbprint(jwk)) === kid) return await importJWK(jwk, "ES256");
    } catch {
      // A key that is none.
    }
  }
  return undefined;
}

function isCheckpoint(log) {
  return isObject(log) && isText(log.origin) && isCount(log.size, 0) && isHash(log.root);
}

/** A log only grows. */
function compareLogs(log, before) {
  if (!log || !before || log.origin !== before.origin) return;
  if (log.size < before.size) refuse("log_rollback");
  if (log.size === before.size && log.root !== before.root) refuse("log_split");
}

/** What must survive a restart before the head is used (step 7). */
export function memoryOf(head, jws, remembered) {
  const { epoch, seq, rev, root, log = remembered?.log } = head;
  return { epoch, seq, rev, root, digest: sha256(jws), ...(log && { log }) };
}

/**
 * "allow", or throws Refused (steps 8 to 10, without the document and namespaces). `question`: {client_id, redirect_uri?,
 * jkt?, token_endpoint_auth_method?, grant_type?, resource?, scope?}, exactly as received; `resource` is a list, and a
 * `jkt` of null says that the client authenticated without a key. `readObject(name)` gives the bytes of an object, or undefined.
 */
export async function decide(head, question, readObject, now) {
  if (head.exp <= now - 60) refuse("head_expired");
  if (head.deny.some((deny) => denies(deny, question))) refuse("denied");
  const entry = await find(head.root, question.client_id, readObject);
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
  const { token_endpoint_auth_method: method, grant_type: grantType, resource, scope = "" } = question;
  if (method !== undefined && method !== entry.token_endpoint_auth_method) refuse("auth_method_mismatch");
  if (jkt !== undefined && jkts.length > 0 && !jkts.includes(jkt)) refuse("key_not_approved");
  if (jkt === null && entry.token_endpoint_auth_method === "private_key_jwt") refuse("key_not_approved");
  if (grantType !== undefined && !entry.grant_types?.includes(grantType)) refuse("grant_type_not_approved");
  judgeGrants(entry.grants ?? [], resource, scope);
  return "allow";
}

/** Every resource is approved, and every scope for one of them; for any where none is asked for. */
function judgeGrants(grants, resources, scope) {
  const names = grants.map((grant) => grant.resource);
  if (resources?.some((each) => !names.includes(each))) refuse("resource_not_approved");
  const covering = grants.filter((grant) => !resources || resources.includes(grant.resource));
  for (const name of scope.split(" "))
    if (name !== "" && !covering.some(({ scopes }) => scopes.includes(name))) refuse("scope_not_approved");
}

function denies({ client_id, host, jkt }, question) {
  if (client_id === question.client_id || (jkt !== undefined && jkt === question.jkt)) return true;
  if (host === undefined || !URL.canParse(question.client_id)) return false;
  const url = new URL(question.client_id);
  return [url.hostname, url.host].map(plain).includes(plain(host));
}

/** A host in lower case, without the dot that may stand at its end. */
function plain(host) {
  return host.toLowerCase().replace(/\.(?=$|:\d+$)/, "");
}

/** The client's entry, from the object to which the digits of its hash lead. */
async function find(root, clientId, readObject) {
  const path = sha256(clientId);
  for (let name = root, depth = 0; depth <= 16; depth++) {
    const body = await readObject(name);
    if (!body || body.length > 1_048_576 || sha256(body) !== name) refuse("unavailable");
    const node = parseObject(body);
    if (node?.v !== 1 || (node.entries === undefined) === (node.children === undefined))
      refuse("unavailable");
    if (!isObject(node.entries ?? node.children)) refuse("unavailable");
    if (node.entries)
      return Object.hasOwn(node.entries, clientId) ? node.entries[clientId] : refuse("not_listed");
    const isChild = ([digit, child]) => /^[0-9a-f]$/.test(digit) && isHash(child);
    if (!Object.entries(node.children).every(isChild)) refuse("unavailable");
    if (!Object.hasOwn(node.children, path[depth])) refuse("not_listed");
    name = node.children[path[depth]];
  }
  return refuse("unavailable");
}

const isNumber = (value) => typeof value === "number";
const isRedirect = (value) =>
  isObject(value) && isText(value.uri) && ["exact", "loopback_any_port"].includes(value.match);
const isGrant = (value) => isObject(value) && isText(value.resource) && isTexts(value.scopes);
const members = Object.entries({
  redirect_uris: (value) => Array.isArray(value) && value.every(isRedirect),
  token_endpoint_auth_method: isText,
  jkts: isTexts,
  grant_types: isTexts,
  grants: (value) => Array.isArray(value) && value.every(isGrant),
  doc_sha256: isTexts,
  on_doc_mismatch: (value) => ["use_entry", "deny"].includes(value),
  exp: isNumber,
  max_stale: isNumber,
  reason: isText,
  ref: isText,
  self_approved: (value) => value === true,
});

/** What is not understood is a deny: unknown members aside, nothing is guessed. */
function understood(entry) {
  if (!isObject(entry) || !["allow", "deny"].includes(entry.status)) return false;
  return members.every(([name, fits]) => entry[name] === undefined || fits(entry[name]));
}

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?((?:\/[^?#]*)?(?:\?[^#]*)?)$/;

/** The same string, or, for a loopback redirect, the same but for the port (RFC 8252 §7.3). */
function redirects({ uri, match }, requested) {
  if (match === "exact") return uri === requested;
  const [a, b] = [loopback.exec(uri), loopback.exec(requested)];
  return a !== null && b !== null && a[1] === b[1] && a[3] === b[3] && Number(b[2] ?? 0) <= 65_535;
}
