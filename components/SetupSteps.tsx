import { Card } from "./Card.tsx";
import { LinkButton } from "./LinkButton.tsx";

export interface SetupStep {
  done: boolean;
  title: string;
  why: string;
  href: string;
  action: string;
  /** Whether this person may do it. */
  may: boolean;
}

/** The first steps of a new installation, in order; each says why. */
export function SetupSteps({ steps }: { steps: readonly SetupStep[] }) {
  const done = steps.filter((step) => step.done).length;
  const next = steps.find((step) => !step.done && step.may);
  return (
    <Card title="First steps" note={`${done} of ${steps.length} done`}>
      <ol>
        {steps.map((step, index) => (
          <li
            key={step.title}
            className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-3.5 py-3 last:border-0"
          >
            <span
              aria-hidden="true"
              className={`inline-grid size-[22px] shrink-0 place-items-center rounded-full text-xs font-semibold ${step.done ? "bg-ok-soft text-ok" : "bg-accent-soft text-accent-ink"}`}
            >
              {step.done ? "✓" : index + 1}
            </span>
            <span className="min-w-0 flex-1 basis-64">
              <b className={`block font-semibold ${step.done ? "text-ink-3" : ""}`}>
                {step.title}
                {step.done && <span className="sr-only"> (done)</span>}
              </b>
              <span className="block text-sm text-ink-2">{step.why}</span>
            </span>
            {!step.done && step.may && (
              <LinkButton href={step.href} variant={step === next ? "primary" : "default"}>
                {step.action}
              </LinkButton>
            )}
            {!step.done && !step.may && (
              <span className="text-sm text-ink-3">An administrator does this.</span>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
