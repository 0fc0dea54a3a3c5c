"use client";
import { Select } from "../Select.tsx";
import { TextInput } from "../TextInput.tsx";

/** Who answers for a client, and what it is for. */
export function OwnerFields({
  teams,
  ownTeam,
}: {
  teams: readonly { id: string; name: string }[];
  ownTeam?: string;
}) {
  return (
    <>
      <Select
        name="ownerTeamId"
        label="Owner team"
        hint="Who keeps it up to date and is asked first."
        placeholder="Choose a team"
        defaultValue={ownTeam ?? ""}
        options={teams.map((team) => ({ value: team.id, label: team.name }))}
      />
      <TextInput name="sponsor" label="Sponsor" hint="The person who answers for it." maxLength={500} />
      <TextInput name="purpose" label="Purpose" hint="What people use it for." maxLength={500} />
      <TextInput name="contract" label="Contract" optional maxLength={500} />
    </>
  );
}
