"use client";
import { ActionForm } from "../ActionForm.tsx";
import { Card } from "../Card.tsx";
import type { FormAction } from "../FormAnswer.ts";
import { SubmitButton } from "../SubmitButton.tsx";
import { OwnerFields } from "./OwnerFields.tsx";

export interface RecordUnreadProps {
  action: FormAction;
  clientId: string;
  profile: string;
  teams: readonly { id: string; name: string }[];
  ownTeam?: string;
}

/** For a client whose host lets only browsers in: recorded now, asked for once a copy of its document is attested. */
export function RecordUnread({ action, clientId, profile, teams, ownTeam }: RecordUnreadProps) {
  return (
    <Card title="Record it unread" note="nothing is asked for yet" padded>
      <p className="mb-3.5 max-w-[74ch] text-ink-2">
        The host asks whoever comes for a browser, so Rollcall cannot read the document. Record the client,
        upload a copy of what your browser shows, and let a second person compare it. Then its approval can be
        requested.
      </p>
      <ActionForm action={action} label="Record this client">
        <input type="hidden" name="clientId" value={clientId} />
        <input type="hidden" name="profile" value={profile} />
        <div className="grid gap-3.5 lg:grid-cols-2">
          <OwnerFields teams={teams} ownTeam={ownTeam} />
        </div>
        <div className="flex justify-end">
          <SubmitButton busy="Asking the host again …">Record it</SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
