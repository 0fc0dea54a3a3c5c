import { day, hour, minute } from "#lib/core/Instant.ts";
import { inventedKey } from "../sandbox/inventedKey.ts";
import type { Fault } from "../sandbox/SandboxDocument.ts";

/** What somebody does to a document, so many milliseconds into the month. */
export type Deed = { readonly at: number } & (
  | { readonly document: Readonly<Record<string, unknown>> }
  | { readonly raw: string }
  | { readonly keys: readonly unknown[] }
  | { readonly fault: Fault | null }
  | { readonly announce: string; readonly expectedBy: number }
);

/** One thing that happens to one client during the month. */
export interface Happening {
  readonly name: string;
  readonly clientId: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly keys?: { readonly url: string; readonly set: readonly unknown[] };
  readonly deeds: readonly Deed[];
  /** Rules that must have opened a finding; none for what has to stay quiet. */
  readonly rules: readonly string[];
  /** The moment whose next cycle is looked at. */
  readonly counts: number;
  /** What the list must say one cycle after it, and when the month is over. */
  readonly release: ReleaseState;
  readonly finally: ReleaseState;
}

/** `rotated`: an approved key gave way to another one that was approved since. */
export type ReleaseState = "as approved" | "narrowed" | "rotated" | "denied";

const k = (seed: string) => inventedKey(seed).publicJwk;

/** A client that signs with a key, fetched every hour: a sensitive scope and a host of its own. */
function signing(slug: string, ...seeds: string[]) {
  const clientId = `https://${slug}.dev/oauth/client.json`;
  const url = `https://${slug}.dev/oauth/jwks.json`;
  const document = {
    client_id: clientId,
    client_name: titled(slug),
    client_uri: `https://${slug}.dev/`,
    redirect_uris: [`https://${slug}.dev/oauth/callback`],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "private_key_jwt",
    token_endpoint_auth_signing_alg: "ES256",
    jwks_uri: url,
    software_version: "1.0.0",
  };
  return { clientId, document, keys: { url, set: seeds.map(k) } };
}

function open(slug: string, redirects: readonly string[] = ["/oauth/callback"]) {
  const { clientId, document } = signing(slug);
  const { jwks_uri: _uri, token_endpoint_auth_signing_alg: _alg, ...rest } = document;
  return {
    clientId,
    document: {
      ...rest,
      token_endpoint_auth_method: "none",
      redirect_uris: redirects.map((path) => `https://${slug}.dev${path}`),
    },
  };
}

function titled(slug: string): string {
  return slug.replace(/(?:^|-)([a-z])/g, (_, letter: string) => ` ${letter.toUpperCase()}`).trim();
}

/** The same client with other members from a moment on. */
function changed(
  name: string,
  client: ReturnType<typeof open>,
  members: Readonly<Record<string, unknown>>,
  rule: string,
  release: ReleaseState = "as approved",
): Happening {
  const deeds = [{ at: 4 * day, document: { ...client.document, ...members } }];
  return { name, ...client, deeds, rules: [rule], counts: 4 * day, release, finally: release };
}

const kestrel = open("kestrelpost");
const alder = open("alderdesk");
const birch = open("birchdesk");
const cedar = open("cedardesk", ["/oauth/callback", "/oauth/popup"]);
const rowan = open("rowandesk");
const hazel = open("hazeldesk");
const willow = open("willowdesk");
const aspen = open("aspendesk");
const larch = open("larchdesk");
const maple = open("mapledesk");
const linden = signing("lindenworks", "linden-1");
const elm = signing("elmworks", "elm-1");
const oak = signing("oakworks", "oak-1");
const pine = signing("pineworks", "pine-1");
const beech = signing("beechworks", "beech-1");
const spruce = signing("spruceworks", "spruce-1", "spruce-2");
const quiet = open("quietdesk");

/** A month of drift: what has to stay quiet, what has to be held, and what has to be stopped. */
export const happenings: readonly Happening[] = [
  {
    name: "planned, announced rotation",
    ...linden,
    deeds: [
      { at: 2 * day, announce: inventedKey("linden-2").jkt, expectedBy: 6 * day },
      { at: 4 * day, keys: [k("linden-1"), k("linden-2")] },
      { at: 13 * day, keys: [k("linden-2")] },
    ],
    rules: [],
    counts: 4 * day,
    release: "as approved",
    finally: "rotated",
  },
  {
    name: "one failed fetch",
    ...maple,
    deeds: [
      { at: 4 * day, fault: { kind: "status", status: 503 } },
      { at: 4 * day + 61 * minute, fault: null },
    ],
    rules: [],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
  {
    name: "formatting, key order, a new version",
    ...quiet,
    deeds: [
      { at: 4 * day, raw: JSON.stringify(quiet.document, null, 4) },
      { at: 6 * day, raw: JSON.stringify(Object.fromEntries(Object.entries(quiet.document).reverse())) },
      { at: 8 * day, document: { ...quiet.document, software_version: "1.0.1" } },
    ],
    rules: [],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
  {
    name: "short overlap",
    ...elm,
    deeds: [
      { at: 2 * day, announce: inventedKey("elm-2").jkt, expectedBy: 6 * day },
      { at: 4 * day, keys: [k("elm-1"), k("elm-2")] },
      { at: 4 * day + 6 * hour, keys: [k("elm-2")] },
    ],
    rules: ["drift.key-removed-early"],
    counts: 4 * day + 6 * hour,
    release: "rotated",
    finally: "rotated",
  },
  {
    name: "hard cutover",
    ...oak,
    deeds: [{ at: 4 * day, keys: [k("oak-2")] }],
    rules: ["drift.key-hard-cutover"],
    counts: 4 * day,
    release: "denied",
    finally: "denied",
  },
  {
    name: "same kid, other key",
    ...pine,
    deeds: [{ at: 4 * day, keys: [{ ...k("pine-2"), kid: "pine-1" }] }],
    rules: ["drift.key-same-kid-replaced"],
    counts: 4 * day,
    release: "denied",
    finally: "denied",
  },
  changed(
    "redirect added, same host",
    alder,
    { redirect_uris: [...alder.document.redirect_uris, "https://alderdesk.dev/oauth/second"] },
    "drift.redirect-added-same-host",
  ),
  changed(
    "redirect added, new site",
    birch,
    { redirect_uris: [...birch.document.redirect_uris, "https://quartzrelay.com/oauth/exchange"] },
    "drift.redirect-added-new-site",
  ),
  changed(
    "redirect added, wildcard",
    hazel,
    { redirect_uris: [...hazel.document.redirect_uris, "https://*.hazeldesk.dev/callback"] },
    "drift.redirect-added-wildcard",
  ),
  changed(
    "redirect removed",
    cedar,
    { redirect_uris: ["https://cedardesk.dev/oauth/callback"] },
    "drift.redirect-removed",
    "narrowed",
  ),
  {
    name: "authentication downgraded",
    ...beech,
    deeds: [
      {
        at: 4 * day,
        document: { ...open("beechworks").document },
      },
    ],
    rules: ["drift.auth-downgraded"],
    counts: 4 * day,
    release: "denied",
    finally: "denied",
  },
  changed(
    "names another client_id",
    rowan,
    { client_id: "https://rowandesk.dev/oauth/other.json" },
    "drift.client-id-mismatch",
    "denied",
  ),
  {
    name: "403 challenge for a day",
    ...willow,
    deeds: [
      { at: 4 * day, fault: { kind: "challenge" } },
      { at: 5 * day, fault: null },
    ],
    rules: ["reach.challenged"],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
  {
    name: "503 for a day",
    ...aspen,
    deeds: [
      { at: 4 * day, fault: { kind: "status", status: 503 } },
      { at: 5 * day, fault: null },
    ],
    rules: ["reach.unreachable"],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
  {
    name: "404 for two days",
    ...larch,
    deeds: [
      { at: 4 * day, fault: { kind: "status", status: 404 } },
      { at: 6 * day, fault: null },
    ],
    rules: ["reach.gone"],
    counts: 4 * day,
    release: "as approved",
    finally: "denied",
  },
  {
    name: "flapping",
    ...kestrel,
    deeds: Array.from({ length: 8 }, (_, turn) => ({
      at: 4 * day + turn * 4 * hour,
      document:
        turn % 2 === 0
          ? { ...kestrel.document, logo_uri: "https://kestrelpost.dev/b.svg" }
          : kestrel.document,
    })),
    rules: ["reach.flapping"],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
  {
    name: "private key published",
    ...spruce,
    deeds: [{ at: 4 * day, keys: [inventedKey("spruce-1").privateJwk, k("spruce-2")] }],
    rules: ["drift.key-private-published"],
    counts: 4 * day,
    release: "denied",
    finally: "denied",
  },
  {
    name: "renamed to a well-known name",
    ...open("fernhook"),
    deeds: [{ at: 4 * day, document: { ...open("fernhook").document, client_name: "Claude" } }],
    rules: ["drift.client-name-changed"],
    counts: 4 * day,
    release: "as approved",
    finally: "as approved",
  },
];
