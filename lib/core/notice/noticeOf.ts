import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import { driftSeverities } from "#lib/core/drift/Drift.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { Instant } from "#lib/core/Instant.ts";
import type { Notice, NoticeFinding } from "./Notice.ts";

/** A row of the outbox, as `note` writes it. */
export interface OutboxEvent {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: Instant;
}

/** What is known of the client that an event is about. */
export interface KnownClient {
  readonly id: string;
  readonly clientId: string;
  readonly name: string;
  readonly ownerTeamId: string | null;
}

type Members = Readonly<Record<string, unknown>>;
interface Words {
  readonly severity: DriftSeverity;
  title(name: string, detail: Members): string;
  sentence(detail: Members, by: string): string;
  path?(detail: Members): string | undefined;
}

const because = (detail: Members) => (detail["reason"] ? ` Reason: ${text(detail["reason"], 500)}` : "");

/** Events about clients, requests, keys and copies, in words. What is not here concerns nobody by mail. */
const words: Readonly<Record<string, Words>> = {
  "client.suspended": {
    severity: "high",
    title: (name) => `${name} was suspended`,
    sentence: (detail, by) => `${by} took it off every list.${because(detail)}`,
  },
  "client.blocked": {
    severity: "high",
    title: (name) => `${name} was blocked`,
    sentence: (detail, by) =>
      `${by} blocked it: every list refuses it until two people unblock it.${because(detail)}`,
  },
  "client.retired": {
    severity: "low",
    title: (name) => `${name} was retired`,
    sentence: (detail, by) => `${by} took it out of use for good.${because(detail)}`,
  },
  "client.approved": {
    severity: "low",
    title: (name) => `${name} was approved`,
    sentence: (detail, by) =>
      `${by} cast the last vote; the next release carries it${
        typeof detail["validDays"] === "number" ? ` for ${detail["validDays"]} days` : ""
      }.`,
  },
  "request.opened": {
    severity: "medium",
    title: (name) => `A decision on ${name} is asked for`,
    sentence: (detail, by) => `${by} opened request ${numberOf(detail)}.${because(detail)}`,
    path: requestPath,
  },
  "request.denied": {
    severity: "low",
    title: (name) => `A request for ${name} was denied`,
    sentence: (detail, by) => `${by} denied request ${numberOf(detail)}.${because(detail)}`,
    path: requestPath,
  },
  "namespace.proposed": {
    severity: "high",
    title: (name) => `A namespace waits for votes: ${name}`,
    sentence: (detail, by) => `${by} asks to admit every client under it.${because(detail)}`,
    path: namespacePath,
  },
  "namespace.change_proposed": {
    severity: "high",
    title: (name) => `A change of a namespace waits for votes: ${name}`,
    sentence: (detail, by) => `${by} asks that its clients may do more.${because(detail)}`,
    path: namespacePath,
  },
  "namespace.renewal_asked": {
    severity: "medium",
    title: (name) => `The renewal of a namespace waits for votes: ${name}`,
    sentence: (detail, by) => `${by} asks to go on with it.${because(detail)}`,
    path: namespacePath,
  },
  "namespace.approved": {
    severity: "medium",
    title: (name) => `A namespace was approved: ${name}`,
    sentence: (detail, by) => `${by} cast the last vote; the next release admits its clients.`,
    path: namespacePath,
  },
  "namespace.suspended": {
    severity: "high",
    title: (name) => `A namespace was suspended: ${name}`,
    sentence: (detail, by) => `${by} shut out all of its clients.${because(detail)}`,
    path: namespacePath,
  },
  "namespace.full": {
    severity: "high",
    title: (name) => `A namespace has too many clients: ${name}`,
    sentence: (detail) =>
      `Servers admitted ${String(detail["children"])}, and ${String(detail["most"])} were approved. None is admitted until somebody raises the limit.`,
    path: namespacePath,
  },
  "key.announced": {
    severity: "low",
    title: (name) => `A key of ${name} is announced`,
    sentence: (detail, by) => `${by} says which key comes next.${said(detail)}`,
  },
  "copy.uploaded": {
    severity: "medium",
    title: (name) => `A copy of ${name} waits to be compared`,
    sentence: (detail, by) => `${by} uploaded its document; somebody else has to compare it.${said(detail)}`,
  },
  "copy.attested": {
    severity: "info",
    title: (name) => `The copy of ${name} was attested`,
    sentence: (detail, by) => `${by} compared it and vouches for it.${said(detail)}`,
  },
  "copy.refused": {
    severity: "medium",
    title: (name) => `The copy of ${name} was refused`,
    sentence: (detail, by) => `${by} compared it and does not vouch for it.${because(detail)}`,
  },
  "server.divergent": {
    severity: "critical",
    title: (name) => `${name} runs a list that was never signed here`,
    sentence: (detail) =>
      `Instance ${text(detail["instance"], 200)} reports ${text(detail["digest"], 64)} (epoch ${count(detail["epoch"])}, seq ${count(detail["seq"])}). A signing key was stolen, a second publisher runs, or the database was put back: look at it now.${detail["signed_by"] ? ` The server sent the list: it is signed by your key ${text(detail["signed_by"], 100)}.` : ""}`,
    path: serverPath,
  },
  "server.too_many_clients": {
    severity: "medium",
    title: (name) => `${name} meets more unknown clients than are kept`,
    sentence: (detail) =>
      detail["questionsPerDay"]
        ? `It reported more than ${count(detail["questionsPerDay"])} different questions in a day; the rest counts towards its client only. Something asks in ever new ways.`
        : `It reported more than ${count(detail["perHour"])} client_ids within an hour that nobody knew, or four times that in a day; the rest is counted only. Somebody may be trying names out.`,
    path: () => "/unknown",
  },
  "server.too_many_reports": {
    severity: "medium",
    title: (name) => `${name} reports more than is taken in`,
    sentence: (detail) =>
      `Its token sends more ${text(detail["kind"], 20)} reports than a server with hundreds of instances would; what is beyond is refused. Something repeats itself without a pause, or the token is in the wrong hands.`,
    path: serverPath,
  },
  "list.stopped": {
    severity: "critical",
    title: (name) => `Publishing ${name} has stopped`,
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/servers",
  },
  "list.doubted": {
    severity: "high",
    title: (name) => `A server says that it has a newer list of ${name} than there is`,
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/servers",
  },
  "list.resumed": {
    severity: "info",
    title: (name) => `Publishing ${name} goes on`,
    sentence: (detail, by) => `${by} resumed it.${because(detail)}`,
    path: () => "/servers",
  },
  "log.stopped": {
    severity: "critical",
    title: () => "The log was cut or changed",
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/journal",
  },
  "list.failing": {
    severity: "critical",
    title: (name) => `The published list of ${name} cannot be used`,
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/servers",
  },
  "list.recovered": {
    severity: "info",
    title: (name) => `The published list of ${name} is well again`,
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/servers",
  },
  "list.differed": {
    severity: "high",
    title: (name) => `The list of ${name} was not what the inventory says`,
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/servers",
  },
  "signing_key.revoked": {
    severity: "critical",
    title: (name) => `The signing key ${name} was revoked`,
    sentence: (detail, by) =>
      `${by} took it out of use.${because(detail)} Look who still accepts it, and have the next key set signed where there is a root.`,
    path: () => "/settings/signing-keys",
  },
  "signing_key.failing": {
    severity: "critical",
    title: () => "Lists cannot be signed",
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/settings/signing-keys",
  },
  "signing_key.recovered": {
    severity: "info",
    title: () => "Lists are signed again",
    sentence: (detail) => text(detail["sentence"], 700),
    path: () => "/settings/signing-keys",
  },
  "host.blocked": {
    severity: "high",
    title: (name) => `The host ${name} was blocked`,
    sentence: (detail, by) => `${by} refuses all its clients on every list.${because(detail)}`,
    path: () => "/unknown#blocked",
  },
  "host.lift_asked": {
    severity: "medium",
    title: (name) => `Lifting the block of ${name} waits for a second person`,
    sentence: (detail, by) => `${by} asked for it.${because(detail)}`,
    path: () => "/unknown#blocked",
  },
  "host.unblocked": {
    severity: "medium",
    title: (name) => `The host ${name} is no longer blocked`,
    sentence: (detail, by) => `${by} was the second person to say so.${because(detail)}`,
    path: () => "/unknown#blocked",
  },
  "channel.failing": {
    severity: "high",
    title: (name) => `Notifications no longer reach ${name}`,
    sentence: (detail) => `${text(detail["sentence"], 500)} Look at the channel and replay what failed.`,
    path: () => undefined,
  },
};

const findingWords: Readonly<Record<string, string>> = {
  "finding.opened": "opened",
  "finding.regressed": "came back",
  "finding.reopened": "was reopened",
  "finding.overdue": "is overdue",
  "finding.proposed": "waits for a second person",
  "finding.resolved": "is resolved",
};

/**
 * An event in words for people, or undefined when it concerns nobody outside the journal. Never throws, whatever the
 * payload holds.
 */
export function noticeOf(event: OutboxEvent, known?: KnownClient): Notice | undefined {
  const detail = members(event.payload["detail"]);
  const by = text(event.payload["actor"], 120) || "Rollcall";
  if (Object.hasOwn(findingWords, event.topic)) return findingNotice(event, detail, by, known);
  const said = Object.hasOwn(words, event.topic) ? words[event.topic] : undefined;
  if (!said) return undefined;
  const subject = members(event.payload["subject"]);
  const name = known ? nameOf(known) : text(subject["name"], 200);
  const number = detail["number"];
  const home =
    subject["kind"] === "channel"
      ? `/settings/notifications/${encodeURIComponent(text(subject["id"], 80))}`
      : subject["kind"] === "client" || known
        ? `/clients/${encodeURIComponent(known?.id ?? text(subject["id"], 80))}`
        : "/";
  return {
    topic: event.topic,
    title: said.title(name, detail),
    sentence: said.sentence(detail, by),
    severity: said.severity,
    path: said.path?.(detail) ?? home,
    at: event.at,
    by,
    ...clientOf(known),
    ...(event.topic.startsWith("request.") && typeof number === "number" ? { request: number } : {}),
  };
}

function findingNotice(
  event: OutboxEvent,
  detail: Members,
  by: string,
  known: KnownClient | undefined,
): Notice | undefined {
  const number = detail["number"];
  if (typeof number !== "number") return undefined;
  const host = text(detail["host"], 255);
  const given = members(detail["client"]);
  const client =
    known ??
    (typeof given["id"] === "string"
      ? {
          id: given["id"],
          clientId: text(given["clientId"], 2_048),
          name: text(given["name"], 255),
          ownerTeamId: null,
        }
      : undefined);
  const finding: NoticeFinding = {
    number,
    rule: text(detail["rule"], 120),
    state: text(detail["state"], 40),
    host,
    members: typeof detail["members"] === "number" ? detail["members"] : 1,
  };
  const about = client ? nameOf(client) : `${finding.members} clients of ${host}`;
  const team = known?.ownerTeamId ?? detail["ownerTeamId"];
  return {
    topic: event.topic,
    title: `F-${number} ${findingWords[event.topic]}: ${about}`,
    sentence: text(detail["message"], 500),
    severity: event.topic === "finding.resolved" ? "info" : severityOf(detail["severity"]),
    path: `/findings/${number}`,
    at: event.at,
    by,
    ...clientOf(client),
    ...(typeof team === "string" ? { ownerTeamId: team } : {}),
    finding,
  };
}

function clientOf(client: KnownClient | undefined): Pick<Notice, "client" | "ownerTeamId"> {
  if (!client) return {};
  const { id, clientId, name, ownerTeamId } = client;
  return {
    client: { id, clientId: text(clientId, 500), name: text(name, 200) },
    ...(ownerTeamId ? { ownerTeamId } : {}),
  };
}

/** The name is the document's word, so the URL stands beside it. */
function nameOf({ name, clientId }: { name: string; clientId: string }): string {
  return name && name !== clientId ? `${text(name, 80)} (${text(clientId, 160)})` : text(clientId, 200);
}

function namespacePath(detail: Members): string | undefined {
  return typeof detail["number"] === "number" ? `/namespaces/${detail["number"]}` : undefined;
}

function requestPath(detail: Members): string | undefined {
  return typeof detail["number"] === "number" ? `/requests/${detail["number"]}` : undefined;
}

function serverPath(detail: Members): string | undefined {
  const slug = text(detail["audience"], 80);
  return slug ? `/servers/${encodeURIComponent(slug)}` : undefined;
}

function count(value: unknown): string {
  return typeof value === "number" ? String(value) : "?";
}

function numberOf(detail: Members): string {
  return typeof detail["number"] === "number" ? String(detail["number"]) : "";
}

function said(detail: Members): string {
  return detail["note"] ? ` “${text(detail["note"], 300)}”` : "";
}

function severityOf(value: unknown): DriftSeverity {
  return driftSeverities.find((severity) => severity === value) ?? "medium";
}

function members(value: unknown): Members {
  return typeof value === "object" && value !== null ? (value as Members) : {};
}

function text(value: unknown, max: number): string {
  return typeof value === "string" ? visibleText(value, max) : "";
}
