"use client";
import { useState } from "react";
import type { FindingAct } from "#lib/core/finding/triage.ts";
import { Button } from "../Button.tsx";
import type { ButtonVariant } from "../buttonStyle.ts";
import { TriageDialog, type TriageSetting, type TriageTarget } from "./TriageDialog.tsx";

const looks: Record<FindingAct, readonly [label: string, letter: string, variant?: ButtonVariant]> = {
  confirm: ["Confirm", "c", "primary"],
  decline: ["Decline", "x"],
  acknowledge: ["Acknowledge", "a", "primary"],
  assign: ["Assign", "i"],
  snooze: ["Snooze", "s"],
  dismiss: ["Dismiss", "d"],
  waive: ["Waive", "w"],
  reopen: ["Open again", "r"],
};

/** What this person may do with one finding now, each with its letter. */
export function TriageButtons({
  finding,
  revision,
  may,
  ...setting
}: TriageSetting & { finding: TriageTarget; revision: number; may: readonly FindingAct[] }) {
  const [act, setAct] = useState<FindingAct | null>(null);
  const offered = (Object.keys(looks) as FindingAct[]).filter((each) => may.includes(each));
  return (
    <div className="flex flex-wrap gap-2">
      {offered.map((each) => {
        const [label, letter, variant] = looks[each];
        return (
          <Button key={each} hotkey={letter} variant={variant} className="grow" onClick={() => setAct(each)}>
            {label}
          </Button>
        );
      })}
      {act && (
        <TriageDialog
          {...setting}
          act={act}
          targets={[finding]}
          revision={revision}
          onClose={() => setAct(null)}
        />
      )}
    </div>
  );
}
