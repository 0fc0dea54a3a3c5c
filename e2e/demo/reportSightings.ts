import { createHash } from "node:crypto";
import type { Context } from "#lib/context.ts";
import { day, hour, second, type Instant } from "#lib/core/Instant.ts";
import { find, findAll } from "#lib/db/rows.ts";
import { discoverSighted } from "#lib/flows/sightings/discoverSighted.ts";
import { recordSightings } from "#lib/flows/sightings/recordSightings.ts";
import { tokenActor } from "#lib/views/people/sessionActor.ts";
import type { SandboxControl } from "../sandbox/SandboxControl.ts";
import type { DemoServer } from "./foundCompany.ts";

interface Stranger {
  readonly clientId: string;
  /** What its document says; absent: there is none. */
  readonly name?: string;
  /** Questions a day, at most, and the servers that are asked. */
  readonly often: number;
  readonly servers: readonly string[];
  readonly scopes: readonly string[];
}

const agents = [1, 2, 3, 4, 5, 6].map((n): Stranger => ({
  clientId: `https://agents.sparrowhawk.tools/a/${createHash("sha256").update(`agent ${n}`).digest("hex").slice(0, 10)}/client.json`,
  name: `Sparrowhawk agent ${n}`,
  often: 9 - n,
  servers: ["idp-eu-1", "gateway-1"],
  scopes: ["tickets.read"],
}));

/** Nobody at Ferncastle has asked for these. */
const strangers: readonly Stranger[] = [
  ...agents,
  {
    clientId: "https://harborlight.io/.well-known/oauth-client",
    name: "Harborlight",
    often: 6,
    servers: ["idp-eu-1", "social-auth"],
    scopes: ["docs.read", "tickets.write"],
  },
  {
    clientId: "https://quillhaven.tools/oauth/client.json",
    name: "Quillhaven Notes",
    often: 31,
    servers: ["social-auth"],
    scopes: ["docs.search"],
  },
  { clientId: "http://build.ferncastle-lab.dev/client.json", often: 2, servers: ["idp-eu-1"], scopes: [] },
];

/** A week of what the company's servers were asked, about clients they know and about strangers. */
export async function reportSightings(
  ctx: Context,
  control: SandboxControl,
  servers: readonly DemoServer[],
  end: Instant,
): Promise<void> {
  for (const { clientId, name } of strangers)
    if (name)
      await control.publish({
        url: clientId,
        body: {
          client_id: clientId,
          client_name: name,
          redirect_uris: [`${new URL(clientId).origin}/callback`],
          token_endpoint_auth_method: "none",
        },
      });
  const known = await approvedClients(ctx);
  const listed = await listedAt(ctx, servers);
  for (let back = 6; back >= 0; back--) {
    const at = end - back * day - hour;
    for (const server of servers.filter(({ name }) => name !== "idp-us-1"))
      await report(ctx, server, at, [
        ...known
          .filter(({ clientId }) => listed.get(server.slug)?.has(clientId))
          .map(({ clientId, redirects }) => {
            const often = 3 + (numberOf(`${clientId} ${server.name}`) % 60);
            return line(at, clientId, redirects, countOn(often, at, clientId), { isListed: true });
          }),
        ...strangers
          .filter((each) => each.servers.includes(server.name))
          .map(({ clientId, often, scopes }) =>
            line(at, clientId, [`${new URL(clientId).origin}/callback`], countOn(often, at, clientId), {
              scopes,
              passes: server.name === "social-auth",
            }),
          ),
      ]);
  }
  await discoverSighted({ ...ctx, clock: () => end });
}

async function approvedClients(ctx: Context) {
  const clients = await findAll(ctx.db, "client", { lifecycle: "approved" });
  return Promise.all(
    clients.map(async ({ clientId, approvedSnapshotId }) => {
      const snapshot = await find(ctx.db, "snapshot", { id: approvedSnapshotId ?? "" });
      return { clientId, redirects: snapshot?.metadata.redirect_uris ?? [] };
    }),
  );
}

/** The clients that each list admits. */
async function listedAt(ctx: Context, servers: readonly DemoServer[]): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  for (const { slug } of servers) {
    const audience = await find(ctx.db, "audience", { slug });
    const entries = await findAll(ctx.db, "listEntry", { audienceId: audience?.id ?? "" });
    const allowed = entries.filter(({ entry }) => entry.status === "allow");
    found.set(slug, new Set(allowed.map(({ clientId }) => clientId)));
  }
  return found;
}

function line(
  at: Instant,
  clientId: string,
  redirects: readonly string[],
  count: number,
  how: { isListed?: boolean; passes?: boolean; scopes?: readonly string[] },
) {
  const [redirect_uri] = redirects;
  const isLetIn = how.isListed === true || how.passes === true;
  return {
    client_id: clientId,
    shape: {
      ...(redirect_uri === undefined ? {} : { redirect_uri }),
      ...(how.scopes === undefined ? {} : { scopes: how.scopes }),
    },
    allowed: isLetIn ? count : 0,
    refused: isLetIn ? 0 : count,
    outcomes: how.isListed ? {} : { not_listed: count },
    first_at: Math.floor((at - 9 * hour) / second),
    last_at: Math.floor(at / second),
  };
}

async function report(
  ctx: Context,
  server: DemoServer,
  at: Instant,
  lines: readonly ReturnType<typeof line>[],
): Promise<void> {
  const actor = await tokenActor(ctx.db, at, server.token);
  if (!actor) throw new Error(`The token of ${server.name} is not known.`);
  await recordSightings({ ...ctx, clock: () => at }, actor, {
    consumerId: server.consumerId,
    report: {
      list: server.slug,
      instance: server.name,
      batch: `demo-${at}`,
      from: Math.floor((at - day) / second),
      to: Math.floor(at / second),
      sightings: lines.filter(({ allowed, refused }) => allowed + refused > 0),
      dropped: 0,
    },
  });
}

/** The same number for the same words, so that every demo is alike. */
function numberOf(words: string): number {
  return createHash("sha256").update(words).digest().readUInt16BE(0);
}

/** Fewer at the weekend, and never quite the same. */
function countOn(often: number, at: Instant, clientId: string): number {
  const weekday = new Date(at).getUTCDay();
  const quiet = weekday === 0 || weekday === 6 ? 0.3 : 1;
  const share = 0.6 + (numberOf(`${clientId} ${Math.floor(at / day)}`) % 400) / 1_000;
  return Math.round(often * quiet * share);
}
