import { classifyAddress } from "./classifyAddress.ts";
import type { Verdict } from "./classifyAddress.ts";
import { parseAddress } from "./parseAddress.ts";
import type { Address } from "./parseAddress.ts";
import { contains } from "./parseCidr.ts";
import type { Cidr } from "./parseCidr.ts";

/** What DNS said about a name: its A and AAAA records. */
export interface Answers {
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
}

/** Local exceptions to the address rule. */
export interface AddressRules {
  /** Blocks the operator opened although they are not public. */
  readonly allowedCidrs?: readonly Cidr[];
  /** Addresses of this machine: refused even when public or opened. */
  readonly ownAddresses?: readonly Address[];
}

/** More answers than this is not a web site but an attempt to wear the guard out. */
export const maxAnswers = 64;

/** All answers must be good: one bad answer refuses the name, and so do none and more than 64. Never throws. */
export function judgeAnswers(answers: Answers, rules: AddressRules = {}): Verdict {
  if (typeof answers !== "object" || answers === null || Array.isArray(answers)) {
    return block("The DNS answers cannot be read.");
  }
  const { A = [], AAAA = [] } = answers;
  if (!Array.isArray(A) || !Array.isArray(AAAA)) return block("The DNS answers cannot be read.");
  const count = A.length + AAAA.length;
  if (count === 0) return block("The name has no address.");
  if (count > maxAnswers)
    return block(`The name has ${count} addresses; more than ${maxAnswers} are refused.`);
  for (const [family, list] of [
    [4, A],
    [6, AAAA],
  ] as const) {
    for (const ip of list) {
      if (typeof ip !== "string" || parseAddress(ip)?.family !== family) {
        return block(
          `The name has ${family === 4 ? "an A" : "an AAAA"} record that is no IPv${family} address.`,
        );
      }
      const { verdict, reason } = judgeAddress(ip, rules);
      if (verdict === "block") return block(`The name leads to an address that is refused: ${reason}`);
    }
  }
  return {
    verdict: "allow",
    reason: count === 1 ? "Its one address is public." : `All ${count} addresses are good.`,
  };
}

/** The address rule with the local exceptions. */
export function judgeAddress(ip: string, rules: AddressRules = {}): Verdict {
  const address = parseAddress(ip);
  if (address !== undefined) {
    const same = (own: Address) => own.family === address.family && own.value === address.value;
    if (rules.ownAddresses?.some(same)) return block(`${ip} is an address of this machine.`);
    if (rules.allowedCidrs?.some((cidr) => contains(cidr, address))) {
      return { verdict: "allow", reason: `${ip} is in a block that the operator opened.` };
    }
  }
  return classifyAddress(ip);
}

function block(reason: string): Verdict {
  return { verdict: "block", reason };
}
