import type { Decision, DenyCode, Question, Reason } from "./Decision.ts";
import { allKeysDenied, denyApplies } from "./denyApplies.ts";
import { decideByNamespace, type Namespaces } from "./decideByNamespace.ts";
import { judgeEntry } from "./judgeEntry.ts";
import { unknownValue } from "./unknownValue.ts";
import type { AllowlistEntry, HeadDeny } from "./wire.ts";

export type { Namespaces } from "./decideByNamespace.ts";

/** The parts of a verified head a decision needs. Times in seconds. */
export interface DecidingHead {
  readonly seq: number;
  readonly iat: number;
  readonly exp: number;
  readonly deny: readonly HeadDeny[];
}

/** Seconds a head may be used past its `exp`, for clocks that disagree. */
export const skew = 60;

/** The client's entry; `none`: it is not listed; `unavailable`: the list could not be read. */
export type Found = AllowlistEntry | "none" | "unavailable";

export interface DecideInput {
  /** The newest verified head: its `deny` is in force at once. Null: there is no list. */
  readonly head: DecidingHead | null;
  /** The head the entry was read under, when that is an older one (a mirror still loading); else `head`. */
  readonly treeHead?: Pick<DecidingHead, "iat" | "exp">;
  readonly found: Found;
  /** The entry is one that an earlier decision understood, and it was frozen then. */
  readonly isUnderstood?: boolean;
  /** The namespaces of the newest head, asked when the client is not listed itself. Absent: there are none. */
  readonly namespaces?: Namespaces;
  readonly question: Question;
  /** Seconds. */
  readonly now: number;
}

/**
 * The decision of docs/allowlist.md §5 step 10 as a pure function: head not expired → not denied → found →
 * status allow → entry exp → max_stale → redirect → method → keys → grant type, resource and scopes → the live
 * document may only narrow. All reasons of the entry are collected; anything unknown denies.
 */
export function decide(input: DecideInput): Decision {
  const early = decideByHead(input.head, input.question, input.now, input.treeHead);
  if (early) return early;
  const head = input.head as DecidingHead;
  const { question, found } = input;
  const no = (code: DenyCode, sentence: string) => deny(head.seq, [[code, sentence]]);

  if (found === "unavailable")
    return no("unavailable", `The list could not be read for ${question.client_id}.`);
  if (found === "none") return decideUnlisted(input, head);
  const unknown = input.isUnderstood === true ? undefined : unknownValue(found);
  if (unknown) return no("unknown_value", unknown);
  if (allKeysDenied(head.deny, found))
    return { ...no("denied", `Every key of ${question.client_id} is denied.`), entry: found };

  const reasons = judgeEntry(found, question, input.now, (input.treeHead ?? head).iat);
  if (reasons.length > 0) return { ...deny(head.seq, reasons), entry: found };
  return {
    decision: "allow",
    reasons: [],
    sentence: `${question.client_id} is approved.`,
    seq: head.seq,
    entry: found,
  };
}

function decideUnlisted(
  { namespaces = [], question, now, treeHead }: DecideInput,
  head: DecidingHead,
): Decision {
  const { reasons, namespace } = decideByNamespace(namespaces, question, now, (treeHead ?? head).iat);
  const by = namespace ? { namespace } : {};
  if (reasons.length > 0) return { ...deny(head.seq, reasons), ...by };
  const sentence = `${question.client_id} is approved as a client of ${namespace?.pattern}.`;
  return { decision: "allow", reasons: [], sentence, seq: head.seq, ...by };
}

/** What the head alone decides, before any object is read; undefined when the entry has to be asked. */
export function decideByHead(
  head: DecidingHead | null,
  question: Question,
  now: number,
  treeHead: Pick<DecidingHead, "exp"> | null = head,
): Decision | undefined {
  if (!head) return deny(null, [["no_list", "No list has been verified yet."]]);
  if (Math.min(head.exp, treeHead?.exp ?? head.exp) <= now - skew)
    return deny(head.seq, [["head_expired", "The list has expired; no newer one could be verified."]]);
  const hit = head.deny.find((each) => denyApplies(each, question));
  return hit ? deny(head.seq, [["denied", `${question.client_id} is denied: ${hit.reason}.`]]) : undefined;
}

function deny(seq: number | null, reasons: readonly Reason[]): Decision {
  return {
    decision: "deny",
    reasons: reasons.map(([code]) => code),
    sentence: reasons.map(([, sentence]) => sentence).join(" "),
    seq,
  };
}
