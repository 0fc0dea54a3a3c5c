import { TextInput } from "./TextInput.tsx";

/** Name, e-mail address and a new password. */
export function NewAccountFields({ email }: { email?: string | null }) {
  return (
    <>
      <TextInput
        name="name"
        label="Your name"
        autoComplete="name"
        autoFocus
        hint="Shown beside your decisions."
      />
      <TextInput
        name="email"
        label="E-mail address"
        type="email"
        autoComplete="username"
        defaultValue={email ?? undefined}
        readOnly={Boolean(email)}
      />
      <TextInput
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        minLength={12}
        hint="At least 12 characters: a few words are fine."
      />
    </>
  );
}
