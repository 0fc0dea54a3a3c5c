"use client";
import { useState } from "react";
import type { Role } from "#lib/core/role.ts";
import { ActionForm } from "./ActionForm.tsx";
import { Button } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import { Dialog } from "./Dialog.tsx";
import type { FormAction, FormAnswer } from "./FormAnswer.ts";
import { RoleChoice } from "./RoleChoice.tsx";
import { SubmitButton } from "./SubmitButton.tsx";

export interface PersonFormProps {
  action: FormAction;
  person: { id: string; name: string; role: Role; active: boolean; teamIds: readonly string[] };
  teams: readonly { id: string; name: string }[];
}

/** Role, teams, and whether someone may sign in. */
export function PersonForm({ action, person, teams }: PersonFormProps) {
  const [open, setOpen] = useState(false);
  async function save(previous: FormAnswer | null, form: FormData): Promise<FormAnswer> {
    const answer = await action(previous, form);
    if (answer.ok) setOpen(false);
    return answer;
  }
  return (
    <Dialog
      title={person.name}
      description="A change acts at once: the next press they make is judged by their new role."
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="quiet" className="h-[26px]! px-2!" aria-label={`Change ${person.name}`}>
          Change
        </Button>
      }
    >
      <ActionForm action={save} done={`${person.name} was changed`} label={`Change ${person.name}`}>
        <input type="hidden" name="personId" value={person.id} />
        <RoleChoice value={person.role} />
        <fieldset className="grid gap-1.5">
          <legend className="mb-1 text-sm font-medium">Teams</legend>
          {teams.length === 0 && (
            <p className="text-sm text-ink-3">There are no teams yet. Add one on this screen first.</p>
          )}
          {teams.map((team) => (
            <Checkbox
              key={team.id}
              name="teamIds"
              value={team.id}
              label={team.name}
              defaultChecked={person.teamIds.includes(team.id)}
            />
          ))}
        </fieldset>
        <Checkbox
          name="active"
          label="May sign in"
          hint="Taken away, every session ends at once. Votes and journal lines stay."
          defaultChecked={person.active}
        />
        <p>
          <SubmitButton busy="Saving …">Save</SubmitButton>
        </p>
      </ActionForm>
    </Dialog>
  );
}
