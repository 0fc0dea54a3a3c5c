import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { VoteForm } from "#components/namespace/VoteForm.tsx";
import { namespacePath } from "#components/paths.ts";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { VoteList } from "#components/review/VoteList.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { dayOf } from "#components/time.ts";
import type { NamespacePage } from "#lib/views/namespaces/namespacePage.ts";
import { act, vote } from "../actions.ts";

/** The decision beside the evidence, and who answers for it. */
export function NamespaceSide({ seen }: { seen: NamespacePage }) {
  return (
    <aside aria-label="Decision" className="grid gap-3 lg:sticky lg:top-[66px]">
      {seen.open && <Decide seen={seen} />}
      <Card title="Facts" padded>
        <KeyValue
          rows={[
            ["Asked by", seen.requestedBy],
            ["Asked", <RelativeTime key="asked" at={seen.requestedAt} now={seen.now} ago />],
            ["Owner", seen.owner],
            ["Sponsor", seen.sponsor],
            ["Purpose", seen.purpose],
            ["Approved", seen.approvedAt === null ? null : dayOf(seen.approvedAt)],
            [
              "Valid until",
              seen.validUntil === null ? `${seen.validDays} days once approved` : dayOf(seen.validUntil),
            ],
          ]}
        />
      </Card>
      <Acts seen={seen} />
    </aside>
  );
}

function Decide({ seen }: { seen: NamespacePage }) {
  return (
    <Card id="reason" title="Decide">
      <div className="grid gap-2.5 px-3.5 py-3">
        <p className="text-sm text-ink-2">“{seen.reason}”</p>
        {seen.obstacle && <p className="text-sm text-ink-2">{seen.obstacle}</p>}
        {seen.ownVote && (
          <p className="text-sm text-ink-2">
            You {seen.ownVote === "approve" ? "approved" : "denied"} this. Another vote takes its place.
          </p>
        )}
        {seen.canVote && (
          <VoteForm key={seen.digest} digest={seen.digest} vote={vote.bind(null, seen.number)} />
        )}
        <p className="text-xs text-ink-3">
          Two people must approve, neither of them the one who asked; one a reviewer. A vote is for this
          pattern and these constraints only, <code title={seen.digest}>{seen.digest.slice(0, 12)}</code>: if
          they change, it is void.
        </p>
      </div>
      <VoteList votes={seen.votes} missing={seen.missing} obstacle={null} open now={seen.now} />
    </Card>
  );
}

function Acts({ seen }: { seen: NamespacePage }) {
  const { number } = seen;
  const why = (
    <TextArea name="reason" label="Why?" hint="One sentence that the owner and an auditor will read." />
  );
  if (!seen.mayChange && !seen.mayRenew && !seen.maySuspend && !seen.mayRetire && !seen.mayWithdraw)
    return null;
  return (
    <Card title="Act" padded>
      <div className="flex flex-wrap gap-2">
        {seen.maySuspend && (
          <ActDialog
            action={act.bind(null, "suspend", number)}
            label="Suspend now"
            hotkey="s"
            variant="danger"
            title="Suspend this namespace"
            description="The next release, within seconds, refuses all of its clients. Two people lift it."
            done="Suspended: the next release refuses its clients"
          >
            {why}
          </ActDialog>
        )}
        {seen.mayChange && (
          <LinkButton href={`${namespacePath(number)}/change`} hotkey="e">
            Change
          </LinkButton>
        )}
        {seen.mayRenew && (
          <ActDialog
            action={act.bind(null, "renew", number)}
            label={seen.standing === "suspended" ? "Ask to lift it" : "Ask to renew"}
            title="Go on with this namespace"
            description="With the constraints as they are. Two people decide."
            done="Two reviewers are asked"
          >
            <TextInput
              name="validDays"
              label="Valid for, days"
              type="number"
              min={1}
              max={365}
              defaultValue={seen.validDays}
            />
            {why}
          </ActDialog>
        )}
        {seen.mayWithdraw && (
          <ActDialog
            action={act.bind(null, "withdraw", number)}
            label="Withdraw"
            hotkey="w"
            title="Withdraw what is asked for"
            description="What was approved before stays as it is."
            done="Withdrawn"
          >
            {why}
          </ActDialog>
        )}
        {seen.mayRetire && (
          <ActDialog
            action={act.bind(null, "retire", number)}
            label="Retire"
            variant="danger"
            title="Retire this namespace"
            description="Its clients are refused from the next release on. The pattern can be proposed anew."
            done="Retired"
          >
            {why}
          </ActDialog>
        )}
      </div>
    </Card>
  );
}
