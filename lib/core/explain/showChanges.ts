import { type Change, driftSeverities } from "#lib/core/drift/Drift.ts";
import { memberOf, textsIn } from "#lib/core/drift/memberOf.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { ruleById } from "#lib/core/rules/ruleById.ts";
import { changeLines } from "./changeLines.ts";
import type { ShowInput } from "./ShowInput.ts";
import type { ShownChange, ShownRule } from "./ShownChange.ts";

/** Changes member by member, the most serious first, with the lines of each member. Nothing is said twice. */
export function showChanges(input: ShowInput): ShownChange[] {
  const members = Map.groupBy(input.changes, memberOf);
  return [...members].flatMap(([member, changes]) => {
    const said = [...changes].sort((a, b) => rank(a) - rank(b)).map(ruleOf);
    const [first, ...others] = said;
    if (first === undefined) return [];
    const effects = changes.map(({ effect }) => effect);
    return [
      {
        ...first,
        member: visibleText(member, 60),
        others: others.filter(
          ({ sentence }, index) => others.findIndex((each) => each.sentence === sentence) === index,
        ),
        lines: changeLines(member, changes, input),
        effect: (["growth", "shrinkage"] as const).find((each) => effects.includes(each)) ?? "neutral",
      },
    ];
  });
}

function ruleOf({ rule, severity, message }: Change): ShownRule {
  const known = ruleById(rule);
  return {
    rule,
    severity,
    title: headline(message, known?.title ?? message),
    sentence: message,
    why: known?.rationale ?? "",
    clause: known?.clause ?? "",
  };
}

const long = '"[^"]{25,}"';
const listed = new RegExp(`: ${long}(?:(?:, | and )${long})*(?:,? and \\d+ more)?`, "g");

/** The sentence without values that the lines show anyway; where little is left of it, what the rule is called. */
function headline(sentence: string, title: string): string {
  const short = sentence
    .replace(/ \((?:added|removed|before): .*\)\.?$/s, "")
    .replace(listed, "")
    .replace(/\.$/, "");
  if (!new RegExp(long).test(short)) return short;
  // What follows the values is worth telling, e.g. that they are of another host.
  const rest = short
    .split(new RegExp(`${long}\\. `))
    .slice(1)
    .at(-1);
  return rest ? `${title}. ${rest}` : title;
}

function rank({ severity, after }: Change): number {
  // Of two that weigh the same, what was gained is the news.
  return driftSeverities.indexOf(severity) * 2 + (textsIn(after).length > 0 ? 0 : 1);
}
