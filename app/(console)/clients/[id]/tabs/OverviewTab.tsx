import Link from "next/link";
import { Card } from "#components/Card.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { checkNote } from "#components/client/checkNote.ts";
import { CheckList } from "#components/client/CheckList.tsx";
import { MeaningList } from "#components/client/MeaningList.tsx";
import { outcomeWords } from "#components/client/outcomeWords.ts";
import { RiskFactors } from "#components/client/RiskFactors.tsx";
import { Empty } from "#components/Empty.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { ChangeList } from "#components/review/ChangeList.tsx";
import { RelativeTime } from "#components/RelativeTime.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { Tile } from "#components/Tile.tsx";
import { dayOf, relativeTime } from "#components/time.ts";
import { checks } from "#lib/core/check/checks.ts";
import { explainResults } from "#lib/core/explain/explainResults.ts";
import type { Profile } from "#lib/core/profile.ts";
import { clientDocument } from "#lib/views/clients/clientDocument.ts";
import { clientEnforcement, type ListStand } from "#lib/views/clients/clientEnforcement.ts";
import type { ClientHeader } from "#lib/views/clients/clientHeader.ts";
import { clientSightings, type ClientSightings } from "#lib/views/clients/clientSightings.ts";
import { context } from "../../../../context.ts";
import { shrink } from "../actions.ts";
import type { TabProps } from "./TabProps.ts";

/** What it is, what changed, what is wrong, who answers for it. */
export async function OverviewTab({ client }: TabProps) {
  const { db } = await context();
  const [{ shown, changes }, lists, seen] = await Promise.all([
    clientDocument(db, client.now, client.id),
    clientEnforcement(db, client.id),
    clientSightings(db, client.now, client.clientId),
  ]);
  const results = explainResults(shown?.results ?? [], checks);
  const grave = results.filter((result) => result.severity !== "info");
  return (
    <div className="grid items-start gap-3.5 lg:grid-cols-[minmax(0,1fr)_320px]">
      <div className="grid min-w-0 gap-3.5">
        <Glance client={client} lists={lists} seen={seen} />
        {changes.length > 0 && (
          <Card
            title="What changed"
            note={`version ${client.live?.number} against approved version ${client.approved?.number}`}
          >
            <ChangeList changes={changes} />
          </Card>
        )}
        <Card
          title="What it means"
          note={shown ? `version ${shown.number}` : undefined}
          padded={shown !== null}
        >
          {shown ? (
            <MeaningList meanings={shown.meanings} />
          ) : (
            <Empty title="No document was read yet">
              Press f to fetch it now. What came of each try is under Fetches.
            </Empty>
          )}
        </Card>
        {shown && (
          <Card
            title="Checks"
            note={checkNote(results, checks.length)}
            actions={
              <Link href={`/clients/${client.id}/checks`} className="hover:text-ink hover:underline">
                All checks
              </Link>
            }
          >
            {grave.length > 0 || results.length === 0 ? (
              <CheckList results={grave} />
            ) : (
              <p className="px-3.5 py-3 text-sm text-ink-2">Nothing is wrong; the notes are under Checks.</p>
            )}
          </Card>
        )}
      </div>
      <aside aria-label="Facts" className="grid gap-3.5">
        <Card title="Accountable" padded>
          <KeyValue
            rows={[
              ["Owner team", client.owner?.name ?? <span className="text-hold">nobody yet</span>],
              ["Sponsor", client.sponsor ?? <span className="text-ink-3">not named</span>],
              ["Purpose", client.purpose ?? <span className="text-ink-3">not said</span>],
              ["Contract", client.contract],
              [
                "Registered",
                `${dayOf(client.createdAt)}${client.registeredBy ? ` by ${client.registeredBy}` : ""}`,
              ],
              ["Approved", client.approvedAt === null ? null : dayOf(client.approvedAt)],
              [
                "Valid until",
                client.validUntil === null
                  ? null
                  : `${dayOf(client.validUntil)} (${relativeTime(client.validUntil, client.now, true)})`,
              ],
            ]}
          />
        </Card>
        <Card title="Risk" note={client.riskTier} padded>
          <RiskFactors reasons={client.riskReasons} />
        </Card>
        <Card
          title="Last fetch"
          padded
          actions={
            <Link href={`/clients/${client.id}/fetches`} className="hover:text-ink hover:underline">
              All fetches
            </Link>
          }
        >
          <KeyValue
            rows={[
              [
                "Fetched",
                client.lastFetchedAt === null ? (
                  "never"
                ) : (
                  <RelativeTime at={client.lastFetchedAt} now={client.now} ago />
                ),
              ],
              ["Result", client.lastOutcome && outcomeWords(client.lastOutcome)],
              ["Failures", client.failures > 0 ? `${client.failures} in a row` : null],
              [
                "Next",
                client.nextFetchAt === null ? null : client.nextFetchAt <= client.now ? (
                  "due now"
                ) : (
                  <RelativeTime at={client.nextFetchAt} now={client.now} />
                ),
              ],
              ["Judged by", profileWords[client.profile]],
              ["Domain", client.domain],
            ]}
          />
        </Card>
        <NotOffered client={client} />
      </aside>
    </div>
  );
}

const profileWords: Record<Profile, string> = {
  ietf: "the IETF draft",
  mcp: "the rules of MCP",
  atproto: "the rules of atproto",
};

/** Where it stands, in four numbers that lead to what is behind them. */
function Glance(props: { client: ClientHeader; lists: readonly ListStand[]; seen: ClientSightings }) {
  const { client, lists, seen } = props;
  const base = `/clients/${client.id}`;
  const servers = lists.flatMap((list) => list.servers);
  const enforcing = servers.filter(({ carries, reportOnly }) => carries === true && !reportOnly).length;
  const refused = seen.ways.reduce((sum, way) => sum + way.refused, 0);
  const allowing = lists.filter(({ entry }) => entry.status === "allow").length;
  const ends = client.lifecycle === "approved" ? client.validUntil : null;
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <Tile
        href={`${base}/enforcement`}
        label="servers enforce it"
        value={servers.length === 0 ? "none" : `${enforcing} of ${servers.length}`}
        note={
          lists.length === 0
            ? "no list carries it"
            : allowing > 0
              ? "the lists allow it"
              : "the lists refuse it"
        }
      />
      <Tile
        href={`${base}/enforcement`}
        label="asked for in 7 days"
        value={seen.total.toLocaleString("en")}
        note={seen.total === 0 ? "no server was asked" : `${refused.toLocaleString("en")} refused`}
      />
      <Tile
        href={`${base}/findings`}
        label="open findings"
        value={client.findings.toLocaleString("en")}
        note={client.findings === 0 ? "nothing to look at" : "look at the gravest first"}
      />
      <Tile
        href={`${base}/access`}
        label={client.expired ? "approval ended" : "approval ends"}
        value={ends === null ? "none" : relativeTime(ends, client.now, true)}
        note={ends === null ? "it is not approved" : dayOf(ends)}
      />
    </div>
  );
}

const verbs: Record<string, string> = {
  fetch: "Fetch now",
  edit: "Edit",
  approve: "Request approval",
  change: "Request change",
  unsuspend: "Request unsuspend",
  unblock: "Request unblock",
  suspend: "Suspend",
  block: "Block",
  retire: "Retire",
};

/** Acts that are not offered, each with why not; and the one that ends a client's life, kept out of the way. */
function NotOffered({ client }: { client: ClientHeader }) {
  const refused = client.acts.filter((act) => act.obstacle !== undefined);
  const retire = client.acts.some((act) => act.key === "retire" && act.obstacle === undefined);
  if (refused.length === 0 && !retire) return null;
  return (
    <Card title={refused.length > 0 ? "Not possible now" : "End of use"} padded>
      <KeyValue rows={refused.map((act) => [verbs[act.key] ?? act.key, act.obstacle])} />
      {retire && (
        <div className={refused.length > 0 ? "mt-3 border-t border-line pt-3" : undefined}>
          <ActDialog
            action={shrink.bind(null, client.id, "retire")}
            label="Retire"
            variant="danger"
            title={`Retire ${client.name}`}
            description="It is out of use for good. Lists carry it as a deny until every server has confirmed."
            done="Retired: the next release refuses it"
          >
            <TextArea
              name="reason"
              label="Why?"
              hint="One sentence that the owner and an auditor will read."
            />
          </ActDialog>
        </div>
      )}
    </Card>
  );
}
