import { TextArea } from "../TextArea.tsx";
import { TextInput } from "../TextInput.tsx";

/** What an owner says of the key that comes next. `day` is when it is expected unless they say otherwise. */
export function AnnounceFields({ day }: { day: string }) {
  return (
    <>
      <TextArea
        name="key"
        label="The next key"
        hint="Its public JWK, or its RFC 7638 thumbprint. Only the thumbprint is kept. Never paste a private key."
        mono
        rows={4}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        name="expectedBy"
        label="Published by"
        hint="The last day on which it may appear, in UTC."
        type="date"
        defaultValue={day}
      />
      <TextInput name="note" label="Note" optional hint="E.g. the ticket of the rotation." />
    </>
  );
}
