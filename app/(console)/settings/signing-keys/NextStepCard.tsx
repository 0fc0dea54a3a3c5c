import { Card } from "#components/Card.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { RotateKey } from "#components/signingKeys/RotateKey.tsx";
import type { SigningKeys } from "#lib/views/signing/signingKeys.ts";
import { rotateKey } from "./actions.ts";

/** The next step of a rotation, from when it is allowed, and its button. */
export function NextStepCard({
  found: { next, now },
  administers,
}: {
  found: SigningKeys;
  administers: boolean;
}) {
  const { step, kid, from, forcedFrom, byItselfAt, sentence } = next;
  const moment = (at: number) => (at <= now ? "now" : <RelativeTime at={at} now={now} />);
  return (
    <Card title="Next step" padded>
      <div className="grid gap-3">
        <p className="text-sm">{sentence}</p>
        <KeyValue
          wide
          rows={[
            ["Next key", kid && <code key="kid">{kid.slice(0, 12)}…</code>],
            ["May sign", from === null ? null : moment(from)],
            ["When forced", forcedFrom === null ? null : moment(forcedFrom)],
            ["By itself", byItselfAt === null ? null : moment(byItselfAt)],
          ]}
        />
        {administers && step === "publish" && (
          <RotateKey action={rotateKey} label="Publish a next key" done="The next key is on its way" />
        )}
        {administers && step === "sign" && from !== null && from <= now && (
          <RotateKey action={rotateKey} label="Let it sign" done="The next key signs" />
        )}
        {administers && step === "sign" && (from === null || from > now) && (
          <RotateKey action={rotateKey} label="Force it to sign" done="The next key signs" force secondary />
        )}
        {!administers && <p className="text-sm text-ink-3">Administrators rotate and revoke keys.</p>}
      </div>
    </Card>
  );
}
