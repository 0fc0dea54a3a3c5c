import { pointerStep } from "#lib/core/document/parseJson.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import type { DriftSide, DriftSubject } from "./DriftSubject.ts";

type DisplayName = "client_name" | "logo_uri" | "client_uri" | "tos_uri" | "policy_uri";

export interface DisplayMember {
  /** With its language tag, safe to print. */
  readonly name: string;
  readonly path: string;
  readonly from?: string;
  readonly to?: string;
}

/** A text member and its translations (RFC 7591 §2.2), as far as they differ. */
export function displayMembers({ before, after }: DriftSubject, name: DisplayName): DisplayMember[] {
  const [had, has] = [translations(before, name), translations(after, name)];
  return [...new Set([...had.keys(), ...has.keys()])].flatMap((member) => {
    const [from, to] = [had.get(member), has.get(member)];
    return from === to ? [] : [{ name: visibleText(member, 60), path: pointerStep(member), from, to }];
  });
}

function translations({ metadata }: DriftSide, name: DisplayName): Map<string, string> {
  const found = new Map<string, string>();
  const plain = metadata[name];
  if (plain !== undefined) found.set(name, plain);
  for (const [member, value] of Object.entries(metadata.other)) {
    if (member.startsWith(`${name}#`) && typeof value === "string") found.set(member, value);
  }
  return found;
}
