import { riskTiers } from "#lib/core/client.ts";
import { visibleText } from "#lib/core/document/visibleText.ts";
import { Breakable } from "../Breakable.tsx";
import { SeverityChip } from "../SeverityChip.tsx";

/** The factors of a risk tier, the gravest first: the highest one decides, each with its reason. */
export function RiskFactors({ reasons }: { reasons: readonly string[] }) {
  const factors = reasons
    .map((reason) => {
      const tier = riskTiers.find((each) => reason.startsWith(`${each}: `)) ?? "low";
      return { tier, text: reason.replace(/^\w+: /, "") };
    })
    .sort((a, b) => riskTiers.indexOf(b.tier) - riskTiers.indexOf(a.tier));
  return (
    <ul className="grid gap-1.5 text-sm">
      {factors.map((factor, index) => (
        <li key={index} className="grid grid-cols-[76px_minmax(0,1fr)] items-start gap-2">
          <span>{factors[index - 1]?.tier !== factor.tier && <SeverityChip severity={factor.tier} />}</span>
          <span className="[overflow-wrap:anywhere]">
            <Breakable text={visibleText(factor.text, 400)} />
          </span>
        </li>
      ))}
    </ul>
  );
}
