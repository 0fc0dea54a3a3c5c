import type { Instant } from "#lib/core/Instant.ts";
import { LinkButton } from "./LinkButton.tsx";
import { ListRow } from "./ListRow.tsx";
import {
  blockedHostsPath,
  clientPath,
  copyPath,
  findingPath,
  keysPath,
  namespacePath,
  releasePath,
  reviewPath,
  serverPath,
} from "./paths.ts";
import { RelativeTime } from "./RelativeTime.tsx";
import { SeverityChip, type Severity } from "./SeverityChip.tsx";

export interface InboxRowItem {
  severity: Severity;
  title: string;
  note: string;
  at: Instant;
  subject:
    | { kind: "request"; number: number; canVote: boolean }
    | { kind: "namespace"; number: number; canVote: boolean }
    | { kind: "client"; id: string }
    | { kind: "copy"; id: string }
    | { kind: "key"; id: string }
    | { kind: "finding"; number: number }
    | { kind: "person"; id: string }
    | { kind: "host"; host: string }
    | { kind: "release"; slug: string }
    | { kind: "server"; slug: string };
}

/** One line of the inbox. With `keys`, `a d s b` open the review or the client at the decision. */
export function InboxRow({ item, now, keys = false }: { item: InboxRowItem; now: Instant; keys?: boolean }) {
  const { subject } = item;
  const href = hrefOf(subject);
  return (
    <ListRow
      href={href}
      lead={<SeverityChip severity={item.severity} />}
      title={item.title}
      note={item.note}
      actions={keys && <Actions item={item} href={href} />}
      end={<RelativeTime at={item.at} now={now} />}
    />
  );
}

function hrefOf(subject: InboxRowItem["subject"]): string {
  switch (subject.kind) {
    case "request":
      return reviewPath(subject.number);
    case "namespace":
      return namespacePath(subject.number);
    case "finding":
      return findingPath(subject.number);
    case "client":
      return clientPath(subject.id);
    case "copy":
      return copyPath(subject.id);
    case "key":
      return keysPath(subject.id);
    case "person":
      return "/people";
    case "host":
      return blockedHostsPath;
    case "release":
      return releasePath(subject.slug);
    case "server":
      return serverPath(subject.slug);
  }
}

function Actions({ item, href }: { item: InboxRowItem; href: string }) {
  const { subject, severity } = item;
  if ((subject.kind === "request" || subject.kind === "namespace") && subject.canVote)
    return (
      <>
        <LinkButton href={`${href}#reason`} hotkey="a" variant="quiet" className="h-[26px]! px-2!">
          Approve
        </LinkButton>
        <LinkButton href={`${href}#reason`} hotkey="d" variant="quiet" className="h-[26px]! px-2!">
          Deny
        </LinkButton>
      </>
    );
  if (subject.kind === "client" && severity !== "low" && severity !== "info")
    return (
      <>
        <LinkButton href={href} hotkey="s" variant="quiet" className="h-[26px]! px-2!">
          Suspend
        </LinkButton>
        <LinkButton href={href} hotkey="b" variant="quiet" className="h-[26px]! px-2!">
          Block
        </LinkButton>
      </>
    );
  return null;
}
