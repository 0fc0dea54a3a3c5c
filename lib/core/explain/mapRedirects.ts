import { gained } from "#lib/core/drift/sameValue.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { classifyRedirect, type RedirectClass } from "#lib/core/redirect/classifyRedirect.ts";

/** Where codes may go, grouped by who receives them, nearest first. */
export interface RedirectMap {
  /** Host of the client, which sends people off. */
  readonly from: string;
  readonly groups: readonly RedirectGroup[];
  /** The whole map in sentences. */
  readonly text: string;
}

export interface RedirectGroup {
  readonly class: RedirectClass;
  /** Who receives codes: the host, the registrable domain, "this computer". */
  readonly who: string;
  /** What they are to the client. */
  readonly words: string;
  readonly redirects: readonly MappedRedirect[];
}

export interface MappedRedirect {
  /** Safe to print. */
  readonly uri: string;
  /** What tells it apart within its group. */
  readonly short: string;
  readonly state: "kept" | "gained" | "lost";
}

const order: readonly RedirectClass[] = [
  "same_host",
  "same_site",
  "loopback",
  "private_scheme",
  "other_site",
  "shared_host",
  "http_remote",
  "invalid",
];

const relations: Readonly<Record<RedirectClass, string>> = {
  same_host: "same host",
  same_site: "same site",
  loopback: "the person's own computer",
  private_scheme: "an installed app",
  other_site: "another organisation",
  shared_host: "shared hosting",
  http_remote: "unencrypted",
  invalid: "no usable address",
};

const verbs = { kept: "stays", gained: "is new", lost: "is gone" } as const;

/** Draws up who could receive codes before and who could now. */
export function mapRedirects(
  clientId: string,
  before: readonly string[],
  after: readonly string[],
): RedirectMap {
  const isNew = new Set(gained(before, after));
  const isGone = new Set(gained(after, before));
  const groups = new Map<string, { class: RedirectClass; who: string; redirects: MappedRedirect[] }>();
  for (const uri of new Set([...before, ...after])) {
    const { class: kind, host, owner } = classifyRedirect(uri, clientId);
    const who =
      kind === "loopback"
        ? "this computer"
        : kind === "private_scheme" || kind === "invalid"
          ? `${uri.split(":")[0]}:`
          : kind === "same_host"
            ? (host ?? uri)
            : (owner?.label ?? host ?? uri);
    const key = `${kind} ${who}`;
    const group = groups.get(key) ?? { class: kind, who: visibleText(who, 60), redirects: [] };
    groups.set(key, group);
    group.redirects.push({
      uri: visibleText(uri, 300),
      short: visibleText(shortOf(uri, kind, host), 60),
      state: isNew.has(uri) ? "gained" : isGone.has(uri) ? "lost" : "kept",
    });
  }
  const sorted = [...groups.values()]
    .map((group) => ({ ...group, words: relations[group.class] }))
    .sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
  return { from: URL.parse(clientId)?.hostname ?? clientId, groups: sorted, text: textOf(sorted) };
}

function shortOf(uri: string, kind: RedirectClass, host: string | undefined): string {
  const url = URL.parse(uri);
  if (!url || kind === "private_scheme" || kind === "invalid") return uri;
  const rest = uri.slice(uri.indexOf("//") + 2);
  return kind === "same_host" && rest.startsWith(host ?? " ") ? rest.slice((host ?? "").length) || "/" : rest;
}

function textOf(groups: readonly RedirectGroup[]): string {
  if (groups.length === 0) return "Codes go nowhere: there is no callback.";
  return groups
    .map(({ who, words, redirects }) => {
      const told = redirects.map(({ uri, state }) => `${uri} ${verbs[state]}`).join(", ");
      return `${who} (${words}): ${told}.`;
    })
    .join(" ");
}
