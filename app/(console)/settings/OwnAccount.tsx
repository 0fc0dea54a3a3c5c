import { ActionForm } from "#components/ActionForm.tsx";
import { Card } from "#components/Card.tsx";
import { SubmitButton } from "#components/SubmitButton.tsx";
import { TextInput } from "#components/TextInput.tsx";
import { changeOwnPassword, signOutOfAll } from "./actions.ts";

/** What people do about their own account when somebody else may have got into it. */
export function OwnAccount({ email }: { email: string }) {
  return (
    <Card title="Your account" note={email} padded>
      <ActionForm
        action={changeOwnPassword}
        label="Change your password"
        done="Your password is changed. Every other browser was signed out."
        clear
      >
        <TextInput name="current" label="Present password" type="password" autoComplete="current-password" />
        <TextInput
          name="next"
          label="New password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          hint="At least 12 characters. It signs out every other browser."
        />
        <p>
          <SubmitButton busy="Changing …">Change the password</SubmitButton>
        </p>
      </ActionForm>
      <ActionForm action={signOutOfAll} label="Sign out everywhere" className="mt-3.5">
        <SubmitButton variant="default" busy="Signing out …">
          Sign out everywhere
        </SubmitButton>
      </ActionForm>
    </Card>
  );
}
