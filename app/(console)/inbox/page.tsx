import { Card } from "#components/Card.tsx";
import { Empty } from "#components/Empty.tsx";
import { InboxRow } from "#components/InboxRow.tsx";
import { Kbd } from "#components/Kbd.tsx";
import { KeepFresh } from "#components/KeepFresh.tsx";
import { LinkButton } from "#components/LinkButton.tsx";
import { Page } from "#components/Page.tsx";
import { may } from "#lib/core/may.ts";
import { inbox } from "#lib/views/inbox.ts";
import type { InboxPart } from "#lib/views/InboxItem.ts";
import { context } from "../../context.ts";
import { requirePerson } from "../../session.ts";

export const metadata = { title: "Inbox" };

const parts: readonly [InboxPart, string, string][] = [
  ["decide", "For you to decide", "open one, read what changed, vote"],
  ["copies", "Copies to compare", "only people can see whether they are what the owner publishes"],
  ["findings", "Findings for you", "critical, past their time, or waiting for a second person"],
  ["held", "Documents that grew", "the approved copy stays in force until somebody decides"],
  ["servers", "Servers that need a look", "published is not enforced until they say so"],
  ["unread", "Documents that cannot be read", "the last good copy stays; nothing was removed"],
  ["mine", "Asked by you, or voted on", "waiting for others"],
];

export default async function InboxScreen() {
  const person = await requirePerson();
  const { db, clock, config } = await context();
  const { items, now } = await inbox(db, clock(), person, config.solo);
  const shown = parts.filter(([part]) => items.some((item) => item.part === part));
  return (
    <Page
      title="Inbox"
      actions={
        <>
          <span className="tabular-nums">{items.length} waiting</span>
          <KeepFresh />
        </>
      }
    >
      {shown.length === 0 && (
        <Card>
          <Empty
            title="Nothing waits for you"
            actions={
              <>
                {may(person, "register") && <LinkButton href="/clients/new">Add a client</LinkButton>}
                <LinkButton href="/clients">Look at the inventory</LinkButton>
              </>
            }
          >
            {person.role === "auditor"
              ? "Auditors read everything and decide nothing, so nothing is ever addressed to you. The journal has what others did."
              : "Requests you can vote on, changed documents of your teams and servers that fall behind appear here by themselves."}
          </Empty>
        </Card>
      )}
      {shown.map(([part, title, why]) => {
        const here = items.filter((item) => item.part === part);
        return (
          <Card key={part} title={title} note={`${here.length} · ${why}`}>
            <ul>
              {here.map((item) => (
                <InboxRow key={item.key} item={item} now={now} keys />
              ))}
            </ul>
          </Card>
        );
      })}
      {items.length > 0 && (
        <p data-screen-only="" className="px-0.5 text-sm text-ink-3 max-md:hidden">
          <Kbd>j</Kbd> <Kbd>k</Kbd> move · <Kbd>o</Kbd> open · <Kbd>a</Kbd> <Kbd>d</Kbd> decide · <Kbd>s</Kbd>{" "}
          <Kbd>b</Kbd> suspend, block · <Kbd>?</Kbd> all keys
        </p>
      )}
    </Page>
  );
}
