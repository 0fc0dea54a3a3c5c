import type { Change } from "#lib/core/drift/Drift.ts";
import { textsIn } from "#lib/core/drift/memberOf.ts";
import { gained } from "#lib/core/drift/sameValue.ts";
import { isObject } from "#lib/core/document/isObject.ts";
import { membersOf } from "#lib/core/document/membersOf.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { classifyRedirect } from "#lib/core/redirect/classifyRedirect.ts";
import { type SetMember, setMembers } from "#lib/core/review/Exclusion.ts";
import { valuesOf } from "#lib/core/review/partsOf.ts";
import type { ChangeLine } from "./ShownChange.ts";
import type { ShowInput } from "./ShowInput.ts";

const gone = "left the allowlist at once";
const waits = "waits for approval";

/** What is there, what went and what came, line by line, with the consequence at the end. */
export function changeLines(member: string, changes: readonly Change[], input: ShowInput): ChangeLine[] {
  if ((setMembers as readonly string[]).includes(member))
    return setLines(member as SetMember, changes, input);
  const [before, after] = [membersOf(input.before.metadata)[member], membersOf(input.after.metadata)[member]];
  const grows = changes.some(({ effect }) => effect === "growth");
  const note = input.acts && grows ? waits : undefined;
  if (before !== undefined || after !== undefined)
    return [...textLines("removed", before), ...textLines("added", after, note)];
  return changes.flatMap((change) => [
    ...textLines("removed", change.before),
    ...textLines("added", change.after, note),
  ]);
}

function setLines(member: SetMember, changes: readonly Change[], input: ShowInput): ChangeLine[] {
  const { before, after, acts } = input;
  const [had, has] = [valuesOf(member, before), valuesOf(member, after)];
  const isNew = new Set(gained(had, has));
  const isGone = gained(has, had);
  const text = (value: string) => (member === "keys" ? keyText(value, input) : visibleText(value, 2_000));
  return [
    ...had
      .filter((value) => !isGone.includes(value))
      .map((value) => ({ kind: "same" as const, text: text(value), note: place(member, value, input) })),
    ...isGone.map((value) => {
      const moved = changes.some((each) => each.effect === "neutral" && textsIn(each.before).includes(value));
      return { kind: "removed" as const, text: text(value), note: acts && !moved ? gone : undefined };
    }),
    ...[...isNew].map((value) => {
      const change = changes.find((each) => textsIn(each.after).includes(value));
      return { kind: "added" as const, text: text(value), ...newNote(member, value, change, input) };
    }),
  ];
}

function newNote(
  member: SetMember,
  value: string,
  change: Change | undefined,
  input: ShowInput,
): { note?: string; grave?: boolean } {
  if (member !== "redirect_uris") return input.acts && change?.effect === "growth" ? { note: waits } : {};
  const words = change && placeWords[change.rule];
  return {
    note: words ?? place(member, value, input),
    grave: change?.severity === "critical" || change?.severity === "high",
  };
}

/** Where an added callback leads, seen from those there were. */
const placeWords: Readonly<Record<string, string>> = {
  "drift.redirect-added-same-host": "same host",
  "drift.redirect-added-same-site": "another host of the site",
  "drift.redirect-added-new-site": "another organisation",
  "drift.redirect-added-shared-host": "shared hosting",
  "drift.redirect-added-loopback": "this computer, any port",
  "drift.redirect-added-private-scheme": "whichever app claims it",
  "drift.redirect-added-http": "unencrypted",
  "drift.redirect-added-wildcard": "whatever fits the pattern",
  "drift.redirect-added-dangerous": "must never receive a code",
  "drift.redirect-loopback-port": "the same callback on another port",
  "drift.redirect-loopback-name": "the same computer under another name",
};

function place(member: SetMember, value: string, { clientId }: ShowInput): string | undefined {
  if (member !== "redirect_uris") return undefined;
  const { class: kind, words } = classifyRedirect(value, clientId);
  return kind === "same_host" || kind === "same_site" ? undefined : visibleText(words, 80);
}

function keyText(jkt: string, { before, after }: ShowInput): string {
  const key = [...after.keys, ...before.keys].find((each) => each.jkt === jkt);
  const parts = [key?.kid && visibleText(key.kid, 40), key?.alg ?? key?.kty, key?.crv, jkt];
  return parts.filter(Boolean).join(" · ");
}

function textLines(kind: "added" | "removed", value: unknown, note?: string): ChangeLine[] {
  if (value === undefined || value === null) return [];
  const values = Array.isArray(value) ? value : [value];
  return values.map((each: unknown) => ({
    kind,
    text: visibleText(typeof each === "string" ? each : written(each), 2_000),
    ...(note === undefined ? {} : { note }),
  }));
}

function written(value: unknown): string {
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}
