import { Banner } from "#components/Banner.tsx";
import { Card } from "#components/Card.tsx";
import { Chip } from "#components/Chip.tsx";
import { CodeLine } from "#components/CodeLine.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import type { Instant } from "#lib/core/Instant.ts";
import type { KeySetStatus } from "#lib/views/signing/keySetStatus.ts";

/** The newest root-signed key set, and what the next one is needed for. */
export function KeySetCard({
  keySet,
  now,
  baseUrl,
}: {
  keySet: KeySetStatus | null;
  now: Instant;
  baseUrl: string;
}) {
  if (!keySet)
    return (
      <Card title="Root and key sets" note="none yet" padded>
        <div className="grid gap-3">
          <p className="text-sm">
            Servers believe the key set at {new URL(baseUrl).host} as it is. With a root key, kept off this
            machine, they also recover from a stolen signing key by themselves.
          </p>
          <CodeLine label="Make a root key, elsewhere" value="rollcall root init --out root.key" />
          <CodeLine
            label="Then, here"
            value="rollcall root propose --add-root root.key.pub.json > proposal.json"
          />
        </div>
      </Card>
    );
  return (
    <Card title="Root and key sets" note={`version ${keySet.version}`} padded>
      <div className="grid gap-3">
        <KeyValue
          wide
          rows={[
            [
              "Version",
              <a key="v" href={`/v1/keys/${keySet.version}`}>
                {keySet.version}
              </a>,
            ],
            ["Epoch", keySet.epoch],
            [
              keySet.roots.length === 1 ? "Root" : "Roots",
              <span key="r" className="grid gap-1">
                {keySet.roots.map((root) => (
                  <code key={root}>{root}</code>
                ))}
              </span>,
            ],
            ["Published", <RelativeTime key="p" at={keySet.acceptedAt} now={now} ago />],
            [
              "Runs out",
              keySet.expiresAt <= now ? (
                <Chip key="e" tone="stop" shape="cross">
                  has run out
                </Chip>
              ) : (
                <RelativeTime key="e" at={keySet.expiresAt} now={now} />
              ),
            ],
          ]}
        />
        {keySet.reasons.length > 0 && !keySet.urgent && (
          <Banner tone="hold" title="The next key set is needed.">
            {keySet.reasons.join(" ")}
          </Banner>
        )}
        {keySet.reasons.length > 0 && (
          <CodeLine label="What to do first" value="rollcall root propose > proposal.json" />
        )}
      </div>
    </Card>
  );
}
