import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "#components/Card.tsx";
import { KeyValue } from "#components/KeyValue.tsx";
import { Page } from "#components/Page.tsx";
import { SeverityChip } from "#components/SeverityChip.tsx";
import { type KnownRule, kindWords } from "#lib/core/rules/KnownRule.ts";
import { ruleById } from "#lib/core/rules/ruleById.ts";
import { whatFollows } from "#lib/core/rules/whatFollows.ts";
import { ruleHits } from "#lib/views/findings/ruleHits.ts";
import { ruleStanding } from "#lib/views/findings/ruleStanding.ts";
import { context } from "../../../context.ts";
import { requirePerson } from "../../../session.ts";
import { RuleChanges } from "./RuleChanges.tsx";
import { RuleClients } from "./RuleClients.tsx";
import { RuleFindings } from "./RuleFindings.tsx";

interface Props {
  params: Promise<{ id: string }>;
}

const shown = 100;
const shownChanges = 20;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  return { title: ruleById(id)?.title ?? id };
}

export default async function RulePage({ params }: Props) {
  await requirePerson();
  const rule = ruleById((await params).id);
  if (!rule) notFound();
  const { db, clock } = await context();
  const { findings, standing, changes } = await ruleStanding(db, rule.id, {
    limit: shown,
    changes: shownChanges,
  });
  const hits = isCheck(rule) ? await ruleHits(db, rule.id, rule.severity, shown) : undefined;
  const now = clock();
  return (
    <Page title={rule.title} crumbs={[{ href: "/rules", label: "Rules" }]}>
      <Card padded>
        <div className="grid gap-3">
          <p className="max-w-[76ch] text-lg">{rule.rationale}</p>
          <KeyValue
            rows={[
              [
                "Severity",
                <span key="s" className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <SeverityChip severity={rule.severity} />
                  {rule.moves && <span>{rule.moves}</span>}
                </span>,
              ],
              ["What follows", whatFollows(rule)],
              ["Kind", `${kindWords[rule.kind].name}: it ${kindWords[rule.kind].says}`],
              ["Clause", rule.clause],
              ["Catches", rule.example ? <code key="e">{rule.example}</code> : null],
              ["Id", <code key="i">{rule.id}</code>],
            ]}
          />
        </div>
      </Card>
      {hits && <RuleClients hits={hits.hits} clients={hits.clients} />}
      {(rule.kind !== "check" || standing > 0) && (
        <RuleFindings rule={rule.id} findings={findings} standing={standing} now={now} />
      )}
      {rule.kind === "drift" && <RuleChanges changes={changes} now={now} />}
    </Page>
  );
}

function isCheck(rule: KnownRule): rule is KnownRule & { severity: "error" | "warning" | "info" } {
  return rule.kind === "check";
}
