import type { DriftSeverity } from "#lib/core/drift/Drift.ts";
import type { Message } from "#lib/core/notice/Message.ts";
import type { Notice } from "#lib/core/notice/Notice.ts";
import { severityWord } from "./severityWord.ts";

const version = "1.3.0";
const severityIds: Readonly<Record<DriftSeverity, number>> = {
  critical: 5,
  high: 4,
  medium: 3,
  low: 2,
  info: 1,
};

type Json = Readonly<Record<string, unknown>>;

/**
 * An event in the Open Cybersecurity Schema Framework (schema.ocsf.io): a broken rule of a document is a Compliance
 * Finding (2003), any other finding a Detection Finding (2004), and what happens to a client Entity Management (3004).
 */
export function ocsfOf(message: Message): Json {
  const { notice } = message;
  if (!notice.finding) return entityManagement(message);
  return isCompliance(notice.finding.rule) ? complianceFinding(message) : detectionFinding(message);
}

/** Ids of checks begin with what they are about; drift and watch rules say that they are such. */
function isCompliance(rule: string): boolean {
  return /^(document|domain|fetch|key|redirect|url)\./.test(rule);
}

function detectionFinding(message: Message): Json {
  return {
    ...common(message, 2, 2_004, activityOf(message.notice)),
    ...finding(message),
    is_alert: message.notice.topic !== "finding.resolved",
  };
}

function complianceFinding(message: Message): Json {
  const { notice } = message;
  const isResolved = notice.topic === "finding.resolved";
  return {
    ...common(message, 2, 2_003, activityOf(notice)),
    ...finding(message),
    compliance: {
      control: notice.finding?.rule,
      standards: ["draft-ietf-oauth-client-id-metadata-document"],
      status_id: isResolved ? 1 : 3,
      status: isResolved ? "Pass" : "Fail",
    },
  };
}

function entityManagement(message: Message): Json {
  const { notice, link } = message;
  const { client } = notice;
  return {
    ...common(message, 3, 3_004, { id: 3, name: "Update" }),
    comment: notice.sentence,
    entity: client
      ? { type: "OAuth client", uid: client.clientId, name: client.name || client.clientId }
      : { type: "Rollcall", uid: link, name: notice.title },
    ...(notice.by ? { actor: { user: { name: notice.by } } } : {}),
  };
}

function common(
  { id, notice }: Message,
  category: number,
  classId: number,
  activity: { readonly id: number; readonly name: string },
): Json {
  return {
    category_uid: category,
    class_uid: classId,
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: classId * 100 + activity.id,
    severity_id: severityIds[notice.severity],
    severity: severityWord[notice.severity] === "Info" ? "Informational" : severityWord[notice.severity],
    time: notice.at,
    message: notice.title,
    metadata: {
      version,
      uid: id,
      event_code: notice.topic,
      product: { name: "Rollcall", vendor_name: "Rollcall" },
    },
  };
}

function finding({ notice, link }: Message): Json {
  const { finding: about, client } = notice;
  const status =
    notice.topic === "finding.resolved"
      ? { id: 4, name: "Resolved" }
      : about?.state === "open"
        ? { id: 1, name: "New" }
        : { id: 2, name: "In Progress" };
  return {
    status_id: status.id,
    status: status.name,
    finding_info: {
      uid: `F-${about?.number}`,
      title: notice.title,
      desc: notice.sentence,
      src_url: link,
      analytic: { type_id: 1, type: "Rule", uid: about?.rule },
    },
    resources: [
      client
        ? { type: "OAuth client", uid: client.clientId, name: client.name || client.clientId }
        : { type: "Host", name: about?.host },
    ],
  };
}

function activityOf({ topic }: Notice): { readonly id: number; readonly name: string } {
  if (topic === "finding.opened") return { id: 1, name: "Create" };
  return topic === "finding.resolved" ? { id: 3, name: "Close" } : { id: 2, name: "Update" };
}
