"use client";
import { ActDialog } from "../client/ActDialog.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { plural } from "../plural.ts";
import { TextArea } from "../TextArea.tsx";
import { WhatIfLines, type WhatIfFacts } from "./WhatIfLines.tsx";

export interface RollBackProps {
  action: FormAction;
  audienceId: string;
  epoch: number;
  rev: number;
  clients: number;
  more: boolean;
  whatIf: WhatIfFacts;
}

/** Asks for a reason, says what it would take away, and rolls a list back. */
export function RollBack({ action, audienceId, epoch, rev, clients, more, whatIf }: RollBackProps) {
  return (
    <ActDialog
      action={action}
      label={`Roll back to ${rev}`}
      title={`Roll back to release ${rev}?`}
      description="The next release allows nothing that this one does not allow. What was suspended or narrowed since stays so: a rollback never lets anyone in."
      done="Rolled back: the next release is being signed"
      hotkey="b"
      variant="danger"
      wide
    >
      <input type="hidden" name="audienceId" value={audienceId} />
      <input type="hidden" name="epoch" value={epoch} />
      <input type="hidden" name="rev" value={rev} />
      <p className="text-sm">
        {clients === 0
          ? "No client would lose anything now; what is approved later would not be allowed either."
          : `${more ? "More than " : ""}${plural(clients, "client")} would lose access in whole or in part.`}
      </p>
      {clients > 0 && <WhatIfLines facts={whatIf} verb="would be" />}
      <TextArea
        name="reason"
        label="Why?"
        hint="Stands on the list until two people end the rollback."
        rows={2}
      />
    </ActDialog>
  );
}
