import type { EffectiveMetadata } from "#lib/core/document/EffectiveMetadata.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { Breakable } from "../Breakable.tsx";

/** Effective metadata, member by member; what Rollcall gives no meaning stands at the end, as it came. */
export function MetadataTable({ metadata }: { metadata: EffectiveMetadata }) {
  const { other, ...known } = metadata;
  const rows = [...Object.entries(known), ...Object.entries(other)].filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return (
    <dl className="grid gap-y-1.5 px-3.5 py-3 text-sm gap-x-3 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="[overflow-wrap:anywhere]">
            <code className="text-ink-3">
              <Breakable text={visibleText(name, 80)} names />
            </code>
          </dt>
          <dd className="mb-1 min-w-0 [overflow-wrap:anywhere] md:mb-0">
            {(Array.isArray(value) ? value : [value]).map((each, index) => (
              <code key={index} className="block">
                <Breakable
                  text={visibleText(typeof each === "string" ? each : JSON.stringify(each), 1_000)}
                />
              </code>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
