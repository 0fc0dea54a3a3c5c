import { ActDialog } from "#components/client/ActDialog.tsx";
import { FetchNow } from "#components/client/FetchNow.tsx";
import { GrantPicker } from "#components/client/GrantPicker.tsx";
import { Select } from "#components/Select.tsx";
import { TextArea } from "#components/TextArea.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { clientAccess } from "#lib/views/clients/clientAccess.ts";
import type { ClientHeader } from "#lib/views/clients/clientHeader.ts";
import { registerChoices } from "#lib/views/clients/registerChoices.ts";
import { context } from "../../../context.ts";
import { ask, fetchNow, saveOwnership, shrink } from "./actions.ts";

const asks = {
  approve: [
    "Request approval",
    "Ask for approval",
    "People who did not ask decide. They see the document as it is now.",
  ],
  change: [
    "Request change",
    "Ask for other access, or for longer",
    "People who did not ask decide. What is approved now stays in force meanwhile.",
  ],
  unsuspend: [
    "Request unsuspend",
    "Ask to lift the suspension",
    "Two people must agree that it is safe again.",
  ],
  unblock: ["Request unblock", "Ask to lift the block", "Two people must agree that it is safe again."],
} as const;

const reasonHint = "One sentence that the owner and an auditor will read.";

/** What this person may do with the client now, each with its letter. The rest is explained on the overview. */
export async function ClientActs({ client }: { client: ClientHeader }) {
  const { db } = await context();
  const can = (key: string) => client.acts.some((act) => act.key === key && act.obstacle === undefined);
  const growing = (["approve", "change", "unsuspend", "unblock"] as const).find(can);
  const [choices, access] = await Promise.all([registerChoices(db), clientAccess(db, client.id)]);
  const granted = access.grants.flatMap((grant) =>
    grant.scopes.length > 0
      ? grant.scopes.map((scope) => `${grant.resource} ${scope.name}`)
      : [grant.resource],
  );
  return (
    <>
      {can("fetch") && <FetchNow fetchNow={fetchNow.bind(null, client.id)} />}
      {can("edit") && (
        <ActDialog
          action={saveOwnership.bind(null, client.id)}
          label="Edit"
          hotkey="e"
          title="Who answers for it"
          description="After an edit you cannot vote on this client's open request."
          done="Saved"
        >
          <input type="hidden" name="revision" value={client.revision} />
          <Select
            name="ownerTeamId"
            label="Owner team"
            placeholder="Choose a team"
            defaultValue={client.owner?.id ?? ""}
            options={choices.teams.map((team) => ({ value: team.id, label: team.name }))}
          />
          <TextInput name="sponsor" label="Sponsor" defaultValue={client.sponsor ?? ""} />
          <TextInput name="purpose" label="Purpose" defaultValue={client.purpose ?? ""} />
          <TextInput name="contract" label="Contract" optional defaultValue={client.contract ?? ""} />
        </ActDialog>
      )}
      {growing && (
        <ActDialog
          action={ask.bind(null, client.id, growing)}
          label={client.expired ? "Request renewal" : asks[growing][0]}
          hotkey="a"
          variant={growing === "change" && !client.expired ? "default" : "primary"}
          title={asks[growing][1]}
          description={asks[growing][2]}
          done="Asked"
          wide
        >
          <input type="hidden" name="grants-offered" value="yes" />
          <GrantPicker resources={choices.resources} chosen={granted} />
          <TextInput
            name="validDays"
            label="Valid for"
            hint="Days, at most 730. More than a year is high risk."
            type="number"
            min={1}
            max={730}
            defaultValue={180}
          />
          <TextArea name="reason" label="Why?" hint={reasonHint} />
        </ActDialog>
      )}
      {can("suspend") && (
        <ActDialog
          action={shrink.bind(null, client.id, "suspend")}
          label="Suspend"
          hotkey="s"
          variant="danger"
          title={`Suspend ${client.name}`}
          description="Every server that carries it refuses it with the next release, seconds from now. Lifting it takes two people."
          done="Suspended: the next release refuses it"
        >
          <TextArea name="reason" label="Why?" hint={reasonHint} />
        </ActDialog>
      )}
      {can("block") && (
        <ActDialog
          action={shrink.bind(null, client.id, "block")}
          label="Block"
          hotkey="b"
          variant="danger"
          title={`Block ${client.name}`}
          description="It stays in every list as an explicit deny and cannot be asked for again until two people unblock it."
          done="Blocked: the next release refuses it"
        >
          <TextArea name="reason" label="Why?" hint={reasonHint} />
        </ActDialog>
      )}
    </>
  );
}
