"use client";
import { day, type Instant } from "#lib/core/Instant.ts";
import { dismissReasons, type FindingState } from "#lib/core/finding/Finding.ts";
import type { FindingAct } from "#lib/core/finding/triage.ts";
import { ActionForm } from "../ActionForm.tsx";
import { Banner } from "../Banner.tsx";
import { Button } from "../Button.tsx";
import { Choice } from "../Choice.tsx";
import { Dialog } from "../Dialog.tsx";
import type { FormAnswer } from "../FormAnswer.ts";
import { plural } from "../plural.ts";
import { Select } from "../Select.tsx";
import { SeverityChip, type Severity } from "../SeverityChip.tsx";
import { SubmitButton } from "../SubmitButton.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";
import { announce } from "../toasts.ts";
import { dateOf } from "./dateOf.ts";
import { dismissWords } from "./findingWords.ts";
import { SnoozeFields } from "./SnoozeFields.tsx";

export interface TriageTarget {
  readonly number: number;
  readonly severity: Severity;
  readonly message: string;
  readonly state: FindingState;
}

/** How many were changed, and how many of those wait for a second person. */
export interface Triaged {
  readonly done: number;
  readonly proposed: number;
}

export type TriageAction = (
  act: FindingAct,
  previous: FormAnswer<Triaged> | null,
  form: FormData,
) => Promise<FormAnswer<Triaged>>;

/** What the dialogs need beside the findings. */
export interface TriageSetting {
  readonly triage: TriageAction;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly me: string;
  /** Of high and critical findings, putting aside takes a second person. */
  readonly twoPeople: boolean;
  readonly now: Instant;
}

export interface TriageDialogProps extends TriageSetting {
  readonly act: FindingAct;
  readonly targets: readonly TriageTarget[];
  /** The revision that was looked at, where it is one finding. */
  readonly revision?: number;
  readonly onClose: (done: boolean) => void;
}

const words: Record<FindingAct, readonly [title: string, button: string, done: string, explained: string]> = {
  acknowledge: [
    "Acknowledge",
    "Acknowledge",
    "acknowledged",
    "You saw it and deal with it; what is left is the time to decide.",
  ],
  assign: ["Assign", "Assign", "assigned", "Whoever has it sees it in the inbox."],
  snooze: ["Snooze", "Snooze", "snoozed", "It wakes by itself, and at once if it grows graver."],
  dismiss: [
    "Dismiss",
    "Dismiss",
    "dismissed",
    "It stays aside while the same cause stands; if it grows graver it opens again.",
  ],
  waive: [
    "Waive",
    "Waive",
    "waived",
    "The risk is accepted until a date, for something that makes up for it. At its end it opens again.",
  ],
  confirm: [
    "Confirm what was proposed",
    "Confirm",
    "confirmed",
    "You are the second person: it is in force from now on.",
  ],
  decline: ["Decline what was proposed", "Decline", "declined", "The finding stays as it is."],
  reopen: ["Open again", "Open again", "opened again", "Its times begin anew."],
};

/** One act on one or many findings: what it does, what it needs to know, and who else it takes. What was typed stays when it is refused. */
export function TriageDialog(props: TriageDialogProps) {
  const { act, targets, triage, onClose } = props;
  const [title, button, done, explained] = words[act];
  const one = targets.length === 1 ? targets[0] : undefined;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose(false)}
      title={`${title} ${one ? `F-${one.number}` : plural(targets.length, "finding")}`}
      description={explained}
      wide={act === "dismiss" || act === "waive"}
    >
      <ActionForm
        action={async (previous, form) => {
          const answer = await triage(act, previous as FormAnswer<Triaged> | null, form);
          if (answer.ok) {
            announce(said(answer.value, done));
            onClose(true);
          }
          return answer;
        }}
      >
        {targets.map((target) => (
          <input key={target.number} type="hidden" name="number" value={target.number} />
        ))}
        {props.revision !== undefined && <input type="hidden" name="revision" value={props.revision} />}
        <Targets targets={targets} />
        {(act === "dismiss" || act === "waive") && <SecondPerson {...props} />}
        <Fields {...props} />
        <div className="flex justify-end gap-2">
          <Button onClick={() => onClose(false)}>Cancel</Button>
          <SubmitButton busy="Working …">{button}</SubmitButton>
        </div>
      </ActionForm>
    </Dialog>
  );
}

function said({ done: all, proposed }: Triaged, verb: string): string {
  const done = all - proposed;
  return [
    ...(done > 0 ? [`${done} ${verb}`] : []),
    ...(proposed > 0 ? [`${proposed} proposed: a second person confirms`] : []),
  ].join(", ");
}

const shown = 4;

function Targets({ targets }: { targets: readonly TriageTarget[] }) {
  return (
    <ul aria-label="Findings" className="grid gap-1 rounded-md bg-sunken px-2.5 py-2 text-sm">
      {targets.slice(0, shown).map((target) => (
        <li key={target.number} className="flex min-w-0 items-center gap-2">
          <SeverityChip severity={target.severity} />
          <span className="min-w-0 truncate" title={target.message}>
            {target.message}
          </span>
        </li>
      ))}
      {targets.length > shown && <li className="text-ink-3">and {targets.length - shown} more</li>}
    </ul>
  );
}

/** Said before it is done: of what is high or critical, this is only a proposal. */
function SecondPerson({ targets, twoPeople }: TriageDialogProps) {
  const grave = targets.filter(({ severity }) => severity === "critical" || severity === "high").length;
  if (!twoPeople || grave === 0) return null;
  const which =
    targets.length === 1 ? "It is" : grave === targets.length ? "They are" : `${grave} of them are`;
  return (
    <Banner tone="hold">
      {which} high or critical: that takes two people. You propose it; a reviewer or administrator who is
      somebody else confirms.
    </Banner>
  );
}

function Fields(props: TriageDialogProps) {
  switch (props.act) {
    case "acknowledge":
      return <TextInput name="note" label="Note" optional hint="What you are doing about it." />;
    case "assign":
      return <AssignFields {...props} />;
    case "snooze":
      return <SnoozeFields now={props.now} />;
    case "dismiss":
      return (
        <>
          <Choice
            name="reason"
            label="Why can it be put aside?"
            value=""
            options={dismissReasons.map((value) => ({
              value,
              label: dismissWords[value][0],
              hint: dismissWords[value][1],
            }))}
          />
          <Note />
        </>
      );
    case "waive":
      return (
        <>
          <TextArea
            name="control"
            label="What makes up for it?"
            hint="The compensating control, in a sentence: what keeps the risk small meanwhile."
          />
          <TextInput
            name="until"
            label="Until"
            type="date"
            hint="At most 180 days from now."
            min={dateOf(props.now + day)}
            max={dateOf(props.now + 180 * day)}
            defaultValue={dateOf(props.now + 90 * day)}
          />
          <Note />
        </>
      );
    case "confirm":
      return <TextInput name="note" label="Note" optional />;
    case "decline":
    case "reopen":
      return <Note />;
  }
}

function AssignFields({ people, me }: TriageDialogProps) {
  const others = people.filter((person) => person.id !== me);
  const self = people.find((person) => person.id === me);
  return (
    <>
      <Select
        name="personId"
        label="To"
        defaultValue={self?.id ?? ""}
        optional
        options={[
          ...(self ? [{ value: self.id, label: `${self.name} (you)` }] : []),
          ...others.map((person) => ({ value: person.id, label: person.name })),
          { value: "", label: "Nobody" },
        ]}
      />
      <TextInput name="note" label="Note" optional />
    </>
  );
}

function Note() {
  return <TextArea name="note" label="Why?" hint="One sentence that the owner and an auditor will read." />;
}
