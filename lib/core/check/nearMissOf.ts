import { clientMembers, serverMembers, tellingMembers } from "./memberNames.ts";

const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, "");
const byLetters = new Map(tellingMembers.map((name) => [letters(name), name]));

/** The member a name was probably meant to be: another spelling, one letter off, or an old copy of it. */
export function nearMissOf(name: string): string | undefined {
  if (name.length > 80 || isKnown(name)) return undefined;
  const spelled = letters(name);
  const same = byLetters.get(spelled);
  if (same !== undefined) return same;
  return tellingMembers.find((member) => {
    const copy = name.toLowerCase().startsWith(member) && /^[_\-. ]/.test(name.slice(member.length));
    return copy || (member.length > 5 && isOneOff(spelled, letters(member)));
  });
}

/** Whether a name has a meaning of its own, here or in a server's metadata, in any language (RFC 7591 §2.2). */
export function isKnown(name: string): boolean {
  const plain = name.replace(/#.*$/s, "");
  return clientMembers.has(plain) || serverMembers.has(plain);
}

function isOneOff(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [left, right] = [a.slice(start), b.slice(start)];
  const swapped = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
  return left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1) || swapped;
}
