import { Banner } from "#components/Banner.tsx";
import { ActDialog } from "#components/client/ActDialog.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { dayOf, relativeTime } from "#components/time.ts";
import { AskVendor } from "#components/unread/AskVendor.tsx";
import { AttestFields } from "#components/unread/AttestFields.tsx";
import { UploadFields } from "#components/unread/UploadFields.tsx";
import type { PersonActor } from "#lib/core/Actor.ts";
import { askVendor } from "#lib/core/explain/askVendor.ts";
import { adviseUnread, type CopyState } from "#lib/core/explain/adviseUnread.ts";
import { cannotBeRead } from "#lib/core/sync/cannotBeRead.ts";
import type { ClientDocument, WaitingCopy } from "#lib/views/clients/clientDocument.ts";
import type { ClientHeader } from "#lib/views/clients/clientHeader.ts";
import { attestCopy, uploadCopy } from "../copyActions.ts";

interface Props {
  client: ClientHeader;
  document: ClientDocument;
  person: PersonActor;
  /** Where this installation is: it stands in the User-Agent. */
  baseUrl: string;
  /** One person may be both the one who uploads and the one who compares. */
  solo: boolean;
}

/** While the document cannot be read: what stands in for it, a copy that waits, and what this person may do. */
export function CopyBanners({ client, document, person, baseUrl, solo }: Props) {
  const { waiting, versions } = document;
  if (!cannotBeRead(client.sync) && !waiting) return null;
  const live = versions.find(({ isLive }) => isLive);
  const { vouched } = document;
  const copy: CopyState = waiting
    ? "waiting"
    : vouched
      ? vouched.renewBy < client.now
        ? "overdue"
        : "attested"
      : live
        ? "last_good"
        : "none";
  const { what, todo } = adviseUnread(client.sync, client.lastOutcome, copy);
  const letter = askVendor(client.clientId, baseUrl);
  const steward = client.acts.some(({ key, obstacle }) => key === "edit" && obstacle === undefined);
  return (
    <>
      {waiting && (
        <Waiting client={client} waiting={waiting} live={live?.number} person={person} solo={solo} />
      )}
      {cannotBeRead(client.sync) && (
        <Banner
          tone="hold"
          title="The document cannot be read from here."
          actions={
            <>
              {client.sync === "challenged" && (
                <AskVendor text={letter} contacts={document.shown?.metadata.contacts ?? []} />
              )}
              {steward && (
                <ActDialog
                  action={uploadCopy.bind(null, client.id)}
                  label="Upload a copy"
                  hotkey="u"
                  title="Upload a copy of the document"
                  done="Uploaded: it waits for a second person"
                  wide
                >
                  <UploadFields clientId={client.clientId} />
                </ActDialog>
              )}
            </>
          }
        >
          {what} {todo}
          {vouched &&
            ` ${vouched.by} vouched for the copy ${relativeTime(vouched.at, client.now, true)}; it is to be compared again by ${dayOf(vouched.renewBy)}.`}
        </Banner>
      )}
    </>
  );
}

function Waiting({
  client,
  waiting,
  live,
  person,
  solo,
}: {
  client: ClientHeader;
  waiting: WaitingCopy;
  live: number | undefined;
  person: PersonActor;
  solo: boolean;
}) {
  const compares = person.role === "reviewer" || person.role === "admin";
  const own = waiting.uploadedById === person.id && !solo;
  const base = `/clients/${client.id}/document`;
  return (
    <Banner
      tone="info"
      title={`A copy waits for a second person: version ${waiting.number}.`}
      actions={
        <>
          <LinkButton
            href={
              live === undefined || live === waiting.number
                ? `${base}?snapshot=${waiting.number}`
                : `${base}?from=${live}&to=${waiting.number}`
            }
          >
            {live === undefined || live === waiting.number ? "Look at it" : `Compare with ${live}`}
          </LinkButton>
          {compares && !own && (
            <ActDialog
              action={attestCopy.bind(null, waiting.id)}
              label="Decide"
              hotkey="c"
              variant="primary"
              title={`Is version ${waiting.number} what the owner publishes?`}
              description={`Open ${client.clientId} in a browser and compare it with the copy. Your name stands beside it.`}
              done="Decided"
            >
              <AttestFields />
            </ActDialog>
          )}
        </>
      }
    >
      {waiting.uploadedBy} uploaded it {relativeTime(waiting.uploadedAt, client.now, true)}: “{waiting.note}”
      {own && " Someone else must compare it."}
      {!own && !compares && " A reviewer or an administrator compares it."}
    </Banner>
  );
}
