"use server";
import { revalidatePath } from "next/cache";
import type { Triaged } from "#components/finding/TriageDialog.tsx";
import type { FormAnswer } from "#components/FormAnswer.ts";
import { actsFrom, type FindingAct } from "#lib/core/finding/triage.ts";
import { triageFindings, triageFlows, type BulkOutcome } from "#lib/flows/findings/triageFindings.ts";
import { answer } from "../../answer.ts";
import { context } from "../../context.ts";
import { requireActor } from "../../session.ts";

/**
 * One act on the findings whose numbers the form holds. Of several, those that can be changed are changed; the answer
 * says which could not.
 */
export async function triage(
  act: FindingAct,
  _previous: FormAnswer<Triaged> | null,
  form: FormData,
): Promise<FormAnswer<Triaged>> {
  const result = await answer(async (): Promise<readonly BulkOutcome[]> => {
    const [ctx, actor] = [await context(), await requireActor()];
    const known = Object.hasOwn(actsFrom, act) ? act : "acknowledge";
    const numbers = form.getAll("number").map(Number);
    const input = inputOf(known, form);
    if (numbers.length !== 1) return triageFindings(ctx, actor, { act: known, numbers, ...input });
    const flow = triageFlows[known] as (...args: unknown[]) => Promise<{ number: number; proposed: boolean }>;
    const revision = form.get("revision");
    const one = { number: numbers[0], ...input, ...(revision === null ? {} : { revision }) };
    return [{ ok: true, ...(await flow(ctx, actor, one)) } as BulkOutcome];
  });
  if (!result.ok) return inWords(result);
  revalidatePath("/", "layout");
  const done = result.value.filter((outcome) => outcome.ok);
  const refused = result.value.filter((outcome) => !outcome.ok);
  if (refused.length > 0)
    return {
      ok: false,
      code: refused[0]?.code ?? "conflict",
      sentence: refusedSentence(done.length, refused),
      fields: {},
    };
  return {
    ok: true,
    value: { done: done.length, proposed: done.filter((outcome) => outcome.proposed).length },
  };
}

/** What the act's flow takes, out of what its dialog sends. */
function inputOf(act: FindingAct, form: FormData): Record<string, unknown> {
  const text = (name: string) => String(form.get(name) ?? "");
  const note = text("note");
  switch (act) {
    case "assign":
      return { personId: text("personId") || null, note };
    case "snooze":
      return { until: text("how") === "change" ? null : text("until"), note };
    case "dismiss":
      return { reason: text("reason"), note };
    case "waive":
      return { control: text("control"), until: text("until"), note };
    default:
      return { note };
  }
}

/** The flow names the reasons as programs send them; people see them on the screen. */
function inWords(refused: Extract<FormAnswer<never>, { ok: false }>): FormAnswer<never> {
  if (!refused.fields["reason"]) return refused;
  return { ...refused, fields: { ...refused.fields, reason: "Choose one of these reasons." } };
}

function refusedSentence(done: number, refused: readonly Extract<BulkOutcome, { ok: false }>[]): string {
  const reasons = Map.groupBy(refused, (outcome) => outcome.sentence);
  const said = [...reasons].map(
    ([sentence, outcomes]) => `${outcomes.map(({ number }) => `F-${number}`).join(", ")}: ${sentence}`,
  );
  return [done > 0 ? `${done} changed.` : "Nothing was changed.", ...said].join(" ");
}
