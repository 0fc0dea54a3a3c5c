"use client";
import { ActionForm } from "#components/ActionForm.tsx";
import { Card } from "#components/Card.tsx";
import type { FormAction } from "#components/FormAnswer.ts";
import { useForm } from "#components/formContext.ts";
import { LinkButton } from "#components/LinkButton.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import type { ChannelField } from "#lib/core/notice/ChannelField.ts";
import { ChannelFields } from "./ChannelFields.tsx";
import { ChannelWishes } from "./ChannelWishes.tsx";
import { MadeSecret } from "./MadeSecret.tsx";

export interface AddChannelProps {
  readonly action: FormAction;
  readonly kind: string;
  readonly kindTitle: string;
  readonly about: string;
  readonly fields: readonly ChannelField[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

/** The form that adds a channel of one kind. */
export function AddChannel({ action, kind, kindTitle, about, fields, teams }: AddChannelProps) {
  return (
    <ActionForm action={action} label={`Add a channel: ${kindTitle}`} className="grid max-w-[820px] gap-3.5">
      <input type="hidden" name="kind" value={kind} />
      <Card title={kindTitle} note={about} padded>
        <div className="grid gap-3.5">
          <TextInput
            name="name"
            label="Name"
            placeholder="Security team"
            hint="As people call it."
            autoFocus
          />
          <ChannelFields fields={fields} />
        </div>
      </Card>
      <Card title="What it gets" padded>
        <div className="grid gap-3.5">
          <ChannelWishes teams={teams} />
        </div>
      </Card>
      <MadeSecret
        sentence="The channel is there. Copy its signing secret into the receiver now: it is shown this once."
        onward
      />
      <Buttons />
    </ActionForm>
  );
}

/** Gone once the channel is there, so that it is not added twice. */
function Buttons() {
  const { answer } = useForm();
  if (answer?.ok) return null;
  return (
    <p className="flex gap-2">
      <SubmitButton busy="Adding …">Add the channel</SubmitButton>
      <LinkButton href="/settings/notifications" variant="quiet">
        Cancel
      </LinkButton>
    </p>
  );
}
