import { judgeAddress, judgeAnswers } from "./judgeAnswers.ts";
import type { Answers } from "./judgeAnswers.ts";
import type { Verdict } from "./classifyAddress.ts";
import { judgeUrl } from "./judgeUrl.ts";
import { parseAddress } from "./parseAddress.ts";
import { parseCidr } from "./parseCidr.ts";

/** What an operator opened. Entries that cannot be read open nothing. */
export interface Allow {
  readonly cidrs?: readonly string[];
  readonly ports?: readonly number[];
}

/**
 * What the guard would do with a target: a URL (by its text, and by its DNS answers when given) or a bare IP
 * address, with or without brackets. Answers for any input and never throws.
 */
export function judgeTarget(target: string, answers?: Answers, allow?: Allow): Verdict {
  try {
    return judge(target, answers, allow);
  } catch {
    return { verdict: "block", reason: "The input cannot be read." };
  }
}

function judge(target: string, answers: Answers | undefined, allow: Allow | undefined): Verdict {
  if (typeof target !== "string") return { verdict: "block", reason: "The target is not text." };
  const { cidrs, ports } = allow ?? {};
  const rules = {
    allowedCidrs: (Array.isArray(cidrs) ? cidrs : []).flatMap((text) => parseCidr(String(text)) ?? []),
  };
  const bare = /^\[(.*)\]$/s.exec(target)?.[1] ?? target;
  if (parseAddress(bare) !== undefined) return judgeAddress(bare, rules);
  if (!target.includes("://")) {
    return {
      verdict: "block",
      reason: "This is neither an https URL nor an IP address in its plain notation.",
    };
  }
  const byText = judgeUrl(target, Array.isArray(ports) ? ports : []);
  if (byText.verdict === "block") return byText;
  const { verdict, reason } = answers === undefined ? byText : judgeAnswers(answers, rules);
  return { verdict, reason };
}
