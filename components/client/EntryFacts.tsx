import { Fragment, type ReactNode } from "react";
import type { AllowlistEntry } from "#lib/core/allowlist/wire.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { Breakable } from "../Breakable.tsx";
import { Chip } from "../Chip.tsx";
import { dayOf } from "../time.ts";

/** What a list says about a client, member by member. `folded`: what is rarely compared opens on demand. */
export function EntryFacts({ entry, folded = false }: { entry: AllowlistEntry; folded?: boolean }) {
  const rows = factsOf(entry);
  if (!folded) return <Facts rows={rows} />;
  const first = rows.filter(([name]) => ["Says", "Redirects", "Until"].includes(name));
  const rest = rows.filter((each) => !first.includes(each) && each[1] != null);
  return (
    <>
      <Facts rows={first} />
      {rest.length > 0 && (
        <details className="mt-1.5 text-sm">
          <summary className="mb-1.5 w-fit rounded-sm text-ink-3 hover:text-ink">
            {rest
              .map(([name]) => name.toLowerCase())
              .join(", ")
              .replace(/^./, (letter) => letter.toUpperCase())}
          </summary>
          <Facts rows={rest} />
        </details>
      )}
    </>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function factsOf(entry: AllowlistEntry): readonly Fact[] {
  return [
    [
      "Says",
      entry.status === "allow" ? (
        <Chip tone="ok" shape="tick">
          allow
        </Chip>
      ) : (
        <Chip tone="stop" shape="cross">
          deny{entry.reason ? ` · ${entry.reason.replaceAll("_", " ")}` : ""}
        </Chip>
      ),
    ],
    [
      "Redirects",
      entry.redirect_uris && (
        <ul>
          {entry.redirect_uris.length === 0 && <li>none</li>}
          {entry.redirect_uris.map(({ uri, match }) => (
            <li key={uri}>
              <code>
                <Breakable text={visibleText(uri, 2_048)} />
              </code>
              {match === "loopback_any_port" && <span className="text-ink-3"> any port</span>}
            </li>
          ))}
        </ul>
      ),
    ],
    ["Method", entry.token_endpoint_auth_method && <code>{entry.token_endpoint_auth_method}</code>],
    [
      "Keys",
      entry.jkts && entry.jkts.length > 0
        ? entry.jkts.map((jkt) => (
            <code key={jkt} className="block">
              {jkt}
            </code>
          ))
        : null,
    ],
    [
      "Grants",
      entry.grants && (
        <ul>
          {entry.grants.map((grant) => (
            <li key={grant.resource}>
              <code>
                <Breakable text={grant.resource} />
              </code>{" "}
              <span className="text-ink-2">{grant.scopes.join(", ") || "without scopes"}</span>
            </li>
          ))}
        </ul>
      ),
    ],
    ["Until", entry.exp === undefined ? null : dayOf(entry.exp * 1000)],
  ];
}

/** Narrow labels, so that what is compared letter by letter has room. */
function Facts({ rows }: { rows: readonly Fact[] }) {
  return (
    <dl className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2 gap-y-1.5 text-sm">
      {rows.map(
        ([name, value]) =>
          value != null && (
            <Fragment key={name}>
              <dt className="text-ink-3">{name}</dt>
              <dd className="min-w-0 [overflow-wrap:anywhere] tabular-nums">{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
